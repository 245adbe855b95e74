/** How an application sends into this server, by the client that it has; the key stands where it belongs. */
export interface Snippet { id: string; words: string; language: string; text: string; note?: string; needsSite?: boolean }

export function snippets(host: string, key: string, site: string | null): Snippet[] {
  return [
    { id: 'web', words: 'Web page', language: 'HTML', text: `<script async src="${host}/y.js" data-key="${key}"></script>`, note: 'Page views, outbound links and campaigns by themselves; yardstick.track("ordered", { plan: "pro" }) for the rest. No cookie.' },
    { id: 'curl', words: 'curl', language: 'Shell', text: `curl -H "Authorization: Bearer ${key}" \\\n  --data-binary '{"event":"opened","user":"u-1"}' \\\n  ${host}/api/v1/events` },
    { id: 'segment', words: 'Segment', language: 'Python', text: `import segment.analytics as analytics\n\nanalytics.write_key = "${key}"\nanalytics.host = "${host}"\nanalytics.track("u-1", "ordered", {"plan": "pro"})`, note: 'Clients of RudderStack take the same address and key.' },
    { id: 'posthog', words: 'PostHog', language: 'Python', text: `from posthog import Posthog\n\nposthog = Posthog("${key}", host="${host}")\nposthog.capture("ordered", distinct_id="u-1", properties={"plan": "pro"})` },
    { id: 'plausible', words: 'Plausible', language: 'HTML', needsSite: true, text: `<script defer data-domain="${site ?? 'SITE'}" data-api="${host}/api/event"\n  src="https://plausible.io/js/script.js"></script>`, note: site === null ? 'Plausible knows no keys: make one for the site, and it is known by data-domain.' : '' },
    { id: 'umami', words: 'Umami', language: 'HTML', needsSite: true, text: `<script defer data-website-id="${site ?? 'SITE'}" data-host-url="${host}"\n  src="https://cloud.umami.is/script.js"></script>`, note: site === null ? 'Umami knows no keys: make one for the website, and it is known by data-website-id.' : '' },
  ];
}
