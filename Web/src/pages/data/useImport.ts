import { useCallback, useEffect, useRef, useState } from 'react';
import { listen, type JobEvent } from '../../api/events';
import { Failure, failureOf, read, send } from '../../api/request';
import type { ImportReport, Job } from '../../api/types';
import { upload } from '../../api/upload';
import { refreshAll } from '../../api/useRequest';
import { say } from '../../shell/announcer';

/** An import's life, from the file on this computer to the rows in the source. */
export type ImportState =
  | { state: 'ready' }
  | { state: 'sending' | 'importing'; file: string; progress: number }
  | { state: 'done'; report: ImportReport }
  | { state: 'failed'; failure: Failure };

const pollMilliseconds = 1000;

export function useImport(source: string): { now: ImportState; start: (file: File) => void; cancel: () => void; reset: () => void } {
  const [now, setNow] = useState<ImportState>({ state: 'ready' });
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const fail = (reason: unknown): void => setNow({ state: 'failed', failure: failureOf(reason) });

  const start = useCallback((file: File): void => {
    setNow({ state: 'sending', file: file.name, progress: 0 });
    const sending = upload(source, file, (progress) => setNow({ state: 'sending', file: file.name, progress }));
    stop.current = sending.cancel;
    sending.started.then(({ job }) => {
      setNow({ state: 'importing', file: file.name, progress: 0 });
      const watching = watch(job, (progress) => setNow({ state: 'importing', file: file.name, progress }));
      stop.current = () => { void send('DELETE', `/jobs/${encodeURIComponent(job)}`).catch(() => undefined); };
      return watching.then((ended) => {
        stop.current = () => undefined;
        if (ended.report) { setNow({ state: 'done', report: ended.report }); say(`${file.name} imported`); refreshAll(); } else {
          fail(new Failure(0, ended.failure ?? { code: 'web/cancelled', message: 'The import was cancelled.', hint: 'The source is as it was before.' }));
        }
      });
    }).catch(fail);
  }, [source]);

  return { now, start, cancel: () => stop.current(), reset: () => setNow({ state: 'ready' }) };
}

/** Follows a job by its events; asks as well, since an event may be lost while the stream reconnects. */
function watch(job: string, onProgress: (progress: number) => void): Promise<Job> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const ask = (): void => {
      if (isOver) return;
      read<Job>(`/jobs/${encodeURIComponent(job)}`).then((answer) => {
        if (isOver) return;
        if (answer.state === 'running') onProgress(answer.progress); else end(() => resolve(answer));
      }, (reason: unknown) => end(() => reject(reason)));
    };
    const timer = setInterval(ask, pollMilliseconds);
    const unlisten = listen((name, body) => {
      const event = body as JobEvent | null;
      if (name !== 'job' || event?.id !== job) return;
      if (event.state === 'running') onProgress(event.progress); else ask();
    });
    const end = (settle: () => void): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      unlisten();
      settle();
    };
    ask();
  });
}
