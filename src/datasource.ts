import type {
  DataQueryRequest,
  DataQueryResponse,
  DataSourceGetTagValuesOptions,
  DataSourceInstanceSettings,
  MetricFindValue,
  ScopedVars,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import { from, map, type Observable, switchMap } from 'rxjs';
import type { Catalogue, ValuesResponse } from '../backend/contract.ts';
import { filtersOf, narrowed } from './adhoc.ts';
import { annotations } from './annotations.ts';
import { offeredOf } from './choices.ts';
import { interpolated } from './interpolate.ts';
import { live } from './live.ts';
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
    this.annotations = annotations(Date.now);
  }

  /** Sends the queries, narrowed by the dashboard's ad hoc filters; a live request goes on until nobody listens. */
  override query(request: DataQueryRequest<PagebudgetQuery>): Observable<DataQueryResponse> {
    if (request.liveStreaming) return live(request, (once) => this.query(once));
    if (!request.filters?.length) return this.send(request);
    const filters = filtersOf(request.filters);
    return from(this.catalogue()).pipe(
      switchMap((catalogue) =>
        this.send({
          ...request,
          targets: request.targets.map((target) => narrowed(target, filters, catalogue)),
        }),
      ),
    );
  }

  /** Adds the zone in which the viewer reads the dashboard. */
  private send(request: DataQueryRequest<PagebudgetQuery>): Observable<DataQueryResponse> {
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

  /** The dimensions that ad hoc filters can name. */
  override async getTagKeys(): Promise<MetricFindValue[]> {
    const { dimensions } = await this.catalogue();
    return dimensions.map(({ name, title }) => ({ text: title, value: name }));
  }

  /** The values that an ad hoc filter on a dimension can take. */
  override async getTagValues({
    key,
  }: DataSourceGetTagValuesOptions<PagebudgetQuery>): Promise<MetricFindValue[]> {
    return offeredOf(await this.values(key));
  }

  /** Failures are shown where they matter, so Grafana's own pop-up stays away. */
  private ask<Answer>(path: string, params?: Record<string, string>): Promise<Answer> {
    return this.getResource<Answer>(path, params, { showErrorAlert: false });
  }
}
