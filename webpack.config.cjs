const path = require('node:path');
const CopyPlugin = require('copy-webpack-plugin');
const manifest = require('./plugin.json');
const { version } = require('./package.json');

/** Modules that Grafana shares with its plugins at run time. */
const shared = [
  'lodash',
  'moment',
  'react',
  'react-dom',
  'react/jsx-runtime',
  'rxjs',
  'rxjs/operators',
  '@emotion/css',
  '@emotion/react',
  /^@grafana\/(data|i18n|runtime|schema|ui)$/,
];

/** Fills the placeholders of plugin.json. */
function stamped(content) {
  const today = new Date().toISOString().slice(0, 10);
  return content.toString().replaceAll('%VERSION%', version).replaceAll('%TODAY%', today);
}

/** Builds the browser half of the plugin into dist/, as an AMD module like those of @grafana/create-plugin. */
module.exports = {
  mode: 'production',
  context: __dirname,
  entry: { module: './src/module.ts' },
  target: ['web', 'es2022'],
  devtool: 'source-map',
  externals: shared,
  output: {
    path: path.join(__dirname, 'dist'),
    filename: '[name].js',
    library: { type: 'amd' },
    publicPath: `public/plugins/${manifest.id}/`,
    uniqueName: manifest.id,
    clean: { keep: /gpx_pagebudget_/ },
  },
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
    ],
  },
  plugins: [
    new CopyPlugin({
      patterns: [
        { from: 'plugin.json', transform: stamped },
        { from: 'src/img', to: 'img' },
        { from: 'dashboards/*.json', noErrorOnMissing: true },
        { from: 'src/README.md' },
        { from: 'CHANGELOG.md' },
        { from: 'LICENSE' },
      ],
    }),
  ],
  performance: {
    maxAssetSize: 200_000,
    maxEntrypointSize: 200_000,
    assetFilter: (name) => name.endsWith('.js'),
  },
};
