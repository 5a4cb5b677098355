package relata.console.page;

/** The page that asks for a token. */
public final class LoginPage {
    private LoginPage() {}

    /**
     * The page.
     *
     * @param next the path that it leads to; its letters need no escaping
     * @param wrong true if a wrong token was given
     */
    public static String html(String next, boolean wrong) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Log in - Relata</title><link rel="stylesheet" href="/static/console.css"></head>
                <body>
                <main>
                <h1>Relata</h1>
                %s<form method="post" action="/login">
                <input type="hidden" name="next" value="%s">
                <label>Token <input type="password" name="token" autocomplete="current-password" required autofocus></label>
                <button>Log in</button>
                </form>
                <p><code>relata serve</code> printed the tokens at its first start, and says at each start in which file they are.</p>
                </main>
                </body>
                </html>
                """.formatted(wrong ? "<p role=\"alert\">This token is not valid.</p>\n" : "", next);
    }
}
