// Projects vectors to the plane, step by step, off the page's own thread. Seeded: the same vectors give the same map.
importScripts('/static/vendor/druid/druid.min.js');

const STEPS = { 'TSNE': 500, 'UMAP': 350 };
const TELL = 10;

onmessage = ({ data: { job, vectors, method, seed, neighbours } }) => {
  const n = vectors.length;
  const reach = Math.max(2, Math.min(neighbours, Math.floor((n - 1) / 3)));
  // t-SNE's own view of the first components is faster and hardly another
  const settings = method === 'TSNE' ? { perplexity: reach, epsilon: 10, d: 2, seed } : { n_neighbors: Math.max(2, Math.min(15, n - 1)), min_dist: 0.1, d: 2, seed };
  const steps = new self.druid[method](vectors, settings).generator(STEPS[method]);
  let i = 0;
  let last;
  for (const points of steps) {
    last = points;
    if (++i % TELL === 0) postMessage({ job, step: i, of: STEPS[method], points: points.map((p) => [p[0], p[1]]) });
  }
  postMessage({ job, step: STEPS[method], of: STEPS[method], done: true, points: last.map((p) => [p[0], p[1]]) });
};
