const path = require('node:path');

const root = path.join(__dirname, '../../..');
const cache = path.join(root, 'node_modules/.cache/plugin-harness');

/** Bundles the page that stands in for Grafana in the browser, with the modules that Grafana shares. */
module.exports = {
  mode: 'development',
  context: root,
  entry: { harness: './e2e/plugin/harness/page.tsx' },
  target: ['web', 'es2022'],
  devtool: false,
  cache: {
    type: 'filesystem',
    cacheDirectory: path.join(cache, 'webpack'),
    buildDependencies: { config: [__filename] },
  },
  output: { path: path.join(cache, 'bundle'), filename: '[name].js', publicPath: '/harness/' },
  resolve: { alias: { 'monaco-editor': false, 'react-monaco-editor': false, ol: false } },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: 'swc-loader',
        options: {
          jsc: {
            parser: { syntax: 'typescript', tsx: true },
            target: 'es2022',
            transform: { react: { runtime: 'automatic' } },
          },
        },
      },
      { test: /\.m?js$/, resolve: { fullySpecified: false } },
    ],
  },
  ignoreWarnings: [/.*/],
  performance: { hints: false },
};
