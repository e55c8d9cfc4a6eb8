/** What a test runner's report says. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** The failed tests, each with the beginning of its message. */
  failures: string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

/** Counts vitest's JSON report; a file that could not be loaded is a failure too. */
export function vitestCounts(report: string): Counts {
  const parsed: VitestReport = JSON.parse(report.slice(report.indexOf('{')));
  const failed = parsed.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'failed'),
  );
  const broken = parsed.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + broken.length,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
    failures: [
      ...failed.map((test) => `${test.fullName}: ${head(test.failureMessages.join('\n'))}`),
      ...broken.map((file) => `${file.name}: ${head(file.message)}`),
    ],
  };
}

interface GoEvent {
  Action: string;
  Package: string;
  Test?: string;
  Output?: string;
}

/** Counts `go test -json`; a package that fails without a failed test is a failure too. */
export function goCounts(report: string): Counts {
  const events = report
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): GoEvent => JSON.parse(line));
  const ended = (action: string) =>
    events.filter((event) => event.Action === action && event.Test !== undefined);
  const failedTests = ended('fail');
  const broken = events.filter(
    (event) =>
      event.Action === 'fail' &&
      event.Test === undefined &&
      !failedTests.some((test) => test.Package === event.Package),
  );
  const outputOf = (failed: GoEvent) =>
    events
      .filter(
        (event) =>
          event.Action === 'output' && event.Package === failed.Package && event.Test === failed.Test,
      )
      .map((event) => event.Output ?? '');
  return {
    passed: ended('pass').length,
    failed: failedTests.length + broken.length,
    skipped: ended('skip').length,
    failures: [...failedTests, ...broken].map(
      (event) => `${event.Test ?? event.Package}: ${head(outputOf(event).join(''))}`,
    ),
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
  suites: PlaywrightSuite[];
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs: { title: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] }[];
}

/** Counts Playwright's JSON report; a flaky test counts as failed, as nothing here is retried. */
export function playwrightCounts(report: string): Counts {
  const { stats, errors, suites }: PlaywrightReport = JSON.parse(report.slice(report.indexOf('{')));
  const specs = suites.flatMap(specsOf).filter((spec) => !spec.ok);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [
      ...specs.map(
        (spec) =>
          `${spec.title}: ${head(spec.tests.flatMap((test) => test.results.map((result) => result.error?.message ?? '')).join('\n'))}`,
      ),
      ...errors.map((error) => head(error.message ?? '')),
    ],
  };
}

function specsOf(suite: PlaywrightSuite): PlaywrightSuite['specs'] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

function head(text: string): string {
  return text.trim().split('\n').slice(0, 12).join('\n    ');
}
