/** Says how applications send events into a source: a key, and the first request. */
export function SendEvents({ source }: { source: string }): JSX.Element {
  const request = `curl -H "Authorization: Bearer KEY" \\\n  --data-binary '{"event":"opened","user":"u-1"}' \\\n  ${location.origin}/api/v1/events`;
  return (
    <div className="import">
      <p>Applications send into this source, with the client of Segment, RudderStack, PostHog, Plausible or Umami, or with a plain request. Each needs a key:</p>
      <pre className="source-text" tabIndex={0} aria-label={`How to make a key for ${source}`}>{`yardstick key make ${source} --label "web shop"`}</pre>
      <pre className="source-text" tabIndex={0} aria-label={`How to send an event to ${source}`}>{request}</pre>
    </div>
  );
}
