/** The BERT-family encoder: our own blocks over DJL's arrays, weights and files of Hugging Face models. */
@NullMarked
package relata.encode.transformer;

import org.jspecify.annotations.NullMarked;
