import { mkdirSync, rmSync } from 'node:fs';
import { type App, startApp } from '../app.ts';
import { DAY, SECOND, systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Status } from '../contract.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { askAt, statusAt } from '../report/ask.ts';
import { lastDays } from '../report/period.ts';
import { report } from '../report/report.ts';
import { asText } from '../report/text.ts';
import { type RunningGrafana, startGrafana } from './grafana.ts';
import { runNpm } from './npm.ts';
import { onSimulator, startSimulatorProcess } from './simulator.ts';

const FOLDER = 'data/demo';
const SHOWN_DAYS = 28;
const PATIENCE = 180 * SECOND;

/** Shows the product on a simulated account: in the Grafana found at GRAFANA_HOME, else as a report in the terminal. */
export async function demo(): Promise<number> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  say('Starting a simulated PagerDuty account (nobody is paged; everything is made up) ...');
  const simulator = await startSimulatorProcess();
  try {
    return await shown(simulator.url);
  } finally {
    simulator.stop();
  }
}

/** Harvests the account at `pagerduty` and shows it; on loopback and without a token, whatever the environment says. */
async function shown(pagerduty: string): Promise<number> {
  const config = readConfig({
    ...process.env,
    ...onSimulator(pagerduty),
    HOST: '127.0.0.1',
    PAGEBUDGET_TOKEN: '',
    PAGEBUDGET_TOKEN_FILE: '',
    PAGEBUDGET_STORE: `duckdb:${FOLDER}/simulated.duckdb`,
    LOG_LEVEL: process.env.LOG_LEVEL || 'error',
  });
  const log = createLog(config.logLevel);
  const app = await startApp({ config, clock: systemClock, log, fetch, random: Math.random });
  try {
    return await show(app);
  } finally {
    await app.stop();
  }
}

/** Waits until enough is harvested, telling how far the harvest is. */
async function harvested(app: App, isEnough: (status: Status) => boolean): Promise<void> {
  const until = systemClock.now() + PATIENCE;
  for (let told = ''; systemClock.now() < until; ) {
    const status = (await (await fetch(`${app.url}/status`)).json()) as Status;
    if (status.state === 'stopped') throw new AppError('upstream', `The harvest stopped: ${status.error}`);
    if (isEnough(status)) return;
    const line = progressOf(status);
    if (line !== told) say(line);
    told = line;
    await systemClock.sleep(2 * SECOND);
  }
  throw new AppError(
    'upstream',
    `The harvest took longer than ${PATIENCE / SECOND} s; run again with LOG_LEVEL=info to see why.`,
  );
}

/** The last four weeks are there; what came before may follow while somebody looks. */
function hasLatest(status: Status): boolean {
  const from = reachesBackTo(status);
  return from !== null && from <= systemClock.now() - SHOWN_DAYS * DAY;
}

function reachesBackTo(status: Status): number | null {
  const needed = ['incidents', 'log_entries', 'on_call'].map(
    (name) => status.streams.find(({ stream }) => stream === name)?.from ?? null,
  );
  return needed.reduce<number | null>(
    (latest, from) => (latest === null || from === null ? null : Math.max(latest, Date.parse(from))),
    0,
  );
}

function progressOf({ progress }: Status): string {
  const rate = progress.rowsPerSecond === null ? '' : `, ${Math.round(progress.rowsPerSecond)} rows/s`;
  return `Harvesting: ${Math.round(progress.done * 100)} % of the windows, ${progress.rows} rows${rate}`;
}

async function show(app: App): Promise<number> {
  const home = process.env.GRAFANA_HOME;
  if (!home) {
    await harvested(app, ({ complete }) => complete);
    const { account, timeZone } = await statusAt(app.url, null, fetch);
    const request = { period: lastDays(SHOWN_DAYS, systemClock.now()), teams: [], timeZone };
    say(`\n${asText(await report(askAt(app.url, null, fetch), request, account))}\n\n${NO_GRAFANA}`);
    return 0;
  }
  await harvested(app, hasLatest);
  say(`The last ${SHOWN_DAYS} days are harvested; the rest follows. Building the plugin ...`);
  await runNpm(['run', 'build']);
  const grafana = await startGrafana({
    home,
    backendUrl: app.url,
    token: '',
    folder: `${FOLDER}/grafana`,
    port: 3000,
  });
  say(`\nOpen ${grafana.url}/dashboards\nEnd with Ctrl-C.`);
  return ended(grafana);
}

const NO_GRAFANA = `To see the dashboards in Grafana 12.3 or newer, either
  docker compose up                               (then open http://localhost:3000), or
  GRAFANA_HOME=/path/to/grafana npm run demo      (a Grafana unpacked on this machine)`;

/** Resolves when the person ends the demo or Grafana ends by itself. */
async function ended(grafana: RunningGrafana): Promise<number> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
    void grafana.ended.then(resolve);
  });
  await grafana.stop();
  return 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
