/** What the API answers about events on their way in: live numbers, intake, quarantine, keys, saving definitions. */
import type { FailureBody } from './types';

export interface Counted { name: string | null; count: number }
export interface LatestEvent { time: string; event: string; person: string | null; path: string | null; country: string | null; device: string | null }
export interface Live {
  now: string; active_5: number; active_30: number; minutes: number[]; pages: Counted[]; referrers: Counted[]; countries: Counted[]; events: Counted[]; latest: LatestEvent[];
}

export interface Intake {
  source: string; last_received: string | null; waiting_bytes: number; rows: number; duplicates: number; quarantined: number;
  volume: { start: string; events: number }[]; failure: FailureBody | null;
}
export interface QuarantinedRow { id: string | number; received: string; format: string; code: string; message: string; message_id: string | null; raw: string }
export interface Quarantine { rows: QuarantinedRow[]; total: number; codes: { code: string; count: number }[] }

export interface WriteKey { id: number; label: string; source: string; origins: string[]; site: string | null; hint: string; made: string; revoked: string | null }
export interface WriteKeys { keys: WriteKey[] }
export interface NewWriteKey { key: string; about: WriteKey }

export interface SavedDefinition { file: string; name: string; kind: string }
