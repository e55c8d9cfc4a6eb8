import type {
  DataQueryRequest,
  DataQueryResponse,
  DataSourceInstanceSettings,
  ScopedVars,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import { map, type Observable } from 'rxjs';
import type { Catalogue, ValuesResponse } from '../backend/contract.ts';
import { interpolated } from './interpolate.ts';
import { presentable } from './presentable.ts';
import { defaultQuery, type PagebudgetQuery } from './query.ts';
import type { PagebudgetOptions } from './settings.ts';
import { ValueVariables } from './variables.ts';
import { ianaZone } from './zone.ts';

/** The plugin in the browser: completes queries and hands them to Grafana's server, which relays them. */
export class PagebudgetDataSource extends DataSourceWithBackend<PagebudgetQuery, PagebudgetOptions> {
  private offered: Promise<Catalogue> | undefined;

  constructor(settings: DataSourceInstanceSettings<PagebudgetOptions>) {
    super(settings);
    this.variables = new ValueVariables(this);
  }

  /** Sends the queries with the zone in which the viewer reads the dashboard. */
  override query(request: DataQueryRequest<PagebudgetQuery>): Observable<DataQueryResponse> {
    const zone = ianaZone(request.timezone);
    const targets = request.targets.map((target) => ({ timeZone: zone, ...target }));
    const heatmaps = new Set(targets.filter(({ format }) => format === 'heatmap').map(({ refId }) => refId));
    return super
      .query({ ...request, targets })
      .pipe(map((response) => ({ ...response, data: presentable(response.data, heatmaps) })));
  }

  override getDefaultQuery(): Partial<PagebudgetQuery> {
    return defaultQuery;
  }

  override filterQuery(query: PagebudgetQuery): boolean {
    return !query.hide && Boolean(query.queryType);
  }

  override applyTemplateVariables(query: PagebudgetQuery, scopedVars: ScopedVars): PagebudgetQuery {
    const templates = getTemplateSrv();
    return interpolated(query, (text, format) => templates.replace(text, scopedVars, format));
  }

  /** What the backend can be asked; fetched once, and again after a failure. */
  catalogue(): Promise<Catalogue> {
    this.offered ??= this.ask<Catalogue>('catalogue').catch((error) => {
      this.offered = undefined;
      throw error;
    });
    return this.offered;
  }

  /** The values by which a dimension can be filtered, those that contain the text. */
  values(dimension: string, search = ''): Promise<ValuesResponse> {
    return this.ask<ValuesResponse>('values', { dimension, search });
  }

  /** Failures are shown where they matter, so Grafana's own pop-up stays away. */
  private ask<Answer>(path: string, params?: Record<string, string>): Promise<Answer> {
    return this.getResource<Answer>(path, params, { showErrorAlert: false });
  }
}
