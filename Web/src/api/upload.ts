import { address, csrfHeader, Failure, failureFrom, unreachable } from './request';
import type { StartedJob } from './types';

export interface Upload { started: Promise<StartedJob>; cancel: () => void }

/** Sends a file's bytes; XMLHttpRequest, since fetch does not tell how much has gone. */
export function upload(source: string, file: File, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const started = new Promise<StartedJob>((resolve, reject) => {
    const path = `/sources/${encodeURIComponent(source)}/imports?file=${encodeURIComponent(file.name)}`;
    request.open('POST', address(path));
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new Failure(0, { code: 'web/cancelled', message: 'The upload was cancelled.', hint: 'The source is as it was before.' }));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as StartedJob);
      else reject(failureFrom(request.status, request.responseText));
    };
    request.send(file);
  });
  return { started, cancel: () => request.abort() };
}
