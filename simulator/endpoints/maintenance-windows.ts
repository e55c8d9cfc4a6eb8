import { maintenanceWindow } from '../answers/maintenance-window.ts';
import { ApiError } from '../http/api-error.ts';
import { page } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import { type MaintenanceWindow, maintenanceOf } from '../organisation/maintenance.ts';
import { DAY } from '../time.ts';
import { type Answer, lensOf } from './answer.ts';
import { inTeams } from './filters.ts';

const AHEAD = 28 * DAY;

/** Which windows `filter` lets through. */
const FILTERS = {
  past: ({ end }, now) => end <= now,
  future: ({ start }, now) => start > now,
  ongoing: ({ start, end }, now) => start <= now && end > now,
  open: ({ end }, now) => end > now,
  all: () => true,
} as const satisfies Record<string, (window: MaintenanceWindow, now: number) => boolean>;

/** Maintenance windows, those of the next four weeks included. */
export const MAINTENANCE_ANSWERS = {
  '/maintenance_windows': (question) => {
    const lens = lensOf(question);
    const filter = question.text('filter') ?? 'all';
    if (!Object.hasOwn(FILTERS, filter)) {
      throw new ApiError(
        'invalid_input',
        `filter must be one of ${Object.keys(FILTERS).join(', ')}, not "${filter}".`,
      );
    }
    const passes = FILTERS[filter as keyof typeof FILTERS];
    const found = visible(question).filter((item) => passes(item, question.now) && isAsked(item, question));
    return page(question, 'maintenance_windows', found, (item) => maintenanceWindow(lens, item));
  },
  '/maintenance_windows/:id': (question) => {
    const found = visible(question).find(({ id }) => id === question.id);
    if (!found) throw new ApiError('not_found');
    return { maintenance_window: maintenanceWindow(lensOf(question), found) };
  },
} as const satisfies Record<string, Answer>;

function visible({ organisation, now }: Question): MaintenanceWindow[] {
  return maintenanceOf(organisation, now + AHEAD);
}

function isAsked({ services, team, description }: MaintenanceWindow, question: Question): boolean {
  const wanted = question.list('service_ids');
  const words = (question.text('query') ?? '').toLowerCase();
  const isMeant = wanted.length === 0 || services.some(({ id }) => wanted.includes(id));
  return isMeant && inTeams([team], question) && description.toLowerCase().includes(words);
}
