import type { FailureBody } from './types';

/** An error of the API as the pages show it: what happened, and what to do next. */
export class Failure extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly place: FailureBody['place'];
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;

  constructor(status: number, body: FailureBody) {
    super(body.message);
    this.status = status;
    this.code = body.code;
    this.hint = body.hint ?? undefined;
    this.place = body.place ?? null;
  }
}

const root = '/api/v1';
let token = '';

/** Remembers the token that requests which change something carry. */
export function rememberToken(csrf: string): void {
  token = csrf;
}

export const csrfHeader = (): Record<string, string> => ({ 'X-CSRF-Token': token });
export const address = (path: string): string => root + path;

export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>('GET', path, undefined, signal);
}

export async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: { Accept: 'application/json' } };
  if (signal) init.signal = signal;
  if (method !== 'GET') init.headers = { ...init.headers, ...csrfHeader() };
  if (body !== undefined) {
    init.headers = { ...init.headers, 'Content-Type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(address(path), init);
  } catch (reason) {
    if (signal?.aborted) throw reason;
    throw unreachable();
  }
  const text = await response.text();
  if (!response.ok) throw failureFrom(response.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Whatever a request was rejected with, as a failure. */
export const failureOf = (reason: unknown): Failure => (reason instanceof Failure ? reason : unreachable());

export function unreachable(): Failure {
  return new Failure(0, {
    code: 'web/unreachable', message: 'Yardstick did not answer.',
    hint: 'Check that the program still runs and that this computer reaches it, then try again.',
  });
}

/** Reads the error shape; an answer of another shape (a proxy's page) becomes one that names its status. */
export function failureFrom(status: number, text: string): Failure {
  try {
    const body = JSON.parse(text) as Partial<FailureBody>;
    if (typeof body.message === 'string') return new Failure(status, { code: 'server/unknown', ...body, message: body.message });
  } catch { /* not JSON: told below */ }
  return new Failure(status, {
    code: 'web/unexpected', message: `The server answered with status ${status} and no explanation.`,
    hint: 'Try again; when it stays, the program\'s log says more.',
  });
}

/** `/trend` and `{grain: 'week', by: undefined}` become `/trend?grain=week`. */
export function withQuery(path: string, parameters: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined && value !== '') query.append(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
