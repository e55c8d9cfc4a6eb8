import type { MaintenanceWindow } from '../organisation/maintenance.ts';
import { timestamp } from '../time.ts';
import { team } from './directory.ts';
import { type Lens, perhaps, SITE } from './reference.ts';
import { service } from './service.ts';
import { user } from './user.ts';

/** A maintenance window as GET /maintenance_windows shows it. */
export function maintenanceWindow(lens: Lens, item: MaintenanceWindow): object {
  return {
    id: item.id,
    type: 'maintenance_window',
    summary: item.description,
    self: `https://api.pagerduty.com/maintenance_windows/${item.id}`,
    html_url: `${SITE}/maintenance_windows#/show/${item.id}`,
    sequence_number: item.number,
    start_time: timestamp(item.start, lens.zone),
    end_time: timestamp(item.end, lens.zone),
    description: item.description,
    created_by: item.createdBy && perhaps(lens, ['users'], item.createdBy, user),
    services: item.services.map((each) => perhaps(lens, ['services'], each, service)),
    teams: [perhaps(lens, ['teams'], item.team, team)],
  };
}
