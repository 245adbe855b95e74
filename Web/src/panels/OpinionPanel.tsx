import type { OpinionPanel as Spec } from '../api/types';
import { Chart } from '../charts/Chart';
import { allScores, toneColor, toneOf, type Tone } from '../charts/opinion/groups';
import { day, sentence } from '../format/dates';
import { integer, interval, portion, signed, value, type Measure } from '../format/numbers';
import { Icon } from '../parts/Icon';
import { useTokens } from '../shell/theme';
import type { PanelContext } from './context';
import { Figure, PanelCard, PanelEmpty } from './PanelCard';

const names: Record<string, string> = { nps: 'Net promoter score', csat: 'Satisfied', ces: 'Effort score' };
const marks: Record<Tone, string> = { good: 'M5 1.4a3.6 3.6 0 1 0 0 7.2a3.6 3.6 0 0 0 0-7.2Z', quiet: 'M1.4 4.1h7.2v1.8H1.4Z', bad: 'M5 .9 9.6 9H.4Z' };

/** What people answered: the score and how sure it is, who is behind it, and their own words. */
export function OpinionPanel({ panel, context }: { panel: Spec; context: PanelContext }): JSX.Element {
  const measure: Measure = panel.scale === 'nps' ? { unit: 'points' } : context.measure;
  const bounds = interval(panel.low, panel.high, measure);
  if (panel.n === 0) return <PanelCard kind="opinion" title={panel.title} notes={panel.notes}><PanelEmpty>Nobody answered in this range{panel.asked ? `; ${integer(panel.asked)} were asked` : ''}.</PanelEmpty></PanelCard>;
  return (
    <PanelCard kind="opinion" title={panel.title} about="Every answer of the range shown" notes={panel.notes} table={<ScoreTable panel={panel} />}>
      <div className="opinion-body">
        <div>
          <dl className="figures">
            <Figure label={names[panel.scale] ?? 'Score'} note={bounds && `95 % interval ${bounds}`}>{panel.scale === 'nps' ? signed(panel.value, measure) : value(panel.value, measure)}</Figure>
            <Figure label="Answers" note={panel.asked !== null ? `of ${integer(panel.asked)} asked` : 'nobody counted who was asked'}>{integer(panel.n)}</Figure>
            <Figure label="Response rate" note={panel.responseRate !== null && panel.responseRate < 0.1 ? 'low: those who answer may differ from the rest' : undefined}>{panel.responseRate === null ? 'unknown' : portion(panel.responseRate)}</Figure>
          </dl>
          <Groups panel={panel} />
          <Chart spec={panel} height={276} />
        </div>
        <Verbatims panel={panel} />
      </div>
    </PanelCard>
  );
}

function ToneMark({ tone }: { tone: Tone }): JSX.Element {
  return <svg className={`tone-mark ${tone}`} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true"><path d={marks[tone]} /></svg>;
}

function Groups({ panel }: { panel: Spec }): JSX.Element {
  const tokens = useTokens();
  let at = 0;
  const parts = panel.groups.map((group) => { const from = at; at += group.share; return { ...group, from, tone: toneOf(group.name) }; });
  return (
    <>
      <svg className="stack" width="100%" height="10" aria-hidden="true">
        {parts.map((part) => <rect key={part.name} x={`${part.from * 100}%`} width={`${part.share * 100}%`} y="0" height="10" fill={toneColor(part.tone, tokens)} />)}
      </svg>
      <ul className="stack-keys" aria-label="Groups">{parts.map((part) => <li key={part.name}><ToneMark tone={part.tone} />{sentence(part.name)} <b>{portion(part.share)}</b> <span>{integer(part.count)}</span></li>)}</ul>
    </>
  );
}

function Verbatims({ panel }: { panel: Spec }): JSX.Element {
  const group = new Map(allScores(panel).map((each) => [each.score, each.group]));
  return (
    <section className="verbatims" aria-label="In their words">
      <h3>In their words</h3>
      {panel.verbatims.length === 0 ? <PanelEmpty>No comment came with the answers of this range. A score says how many; only words say why.</PanelEmpty> : (
        <ul tabIndex={0} aria-label="Comments, newest first">
          {panel.verbatims.map((each) => {
            const name = each.score === null ? '' : group.get(each.score) ?? '';
            const tone = toneOf(name);
            return <li key={`${each.at}${each.text}`}><span className={`score-chip ${tone}`} title={name || undefined}><ToneMark tone={tone} />{each.score ?? '–'}<span className="sr"> {name}</span></span><div><p>{each.text}</p><small>{day(each.at)}</small></div></li>;
          })}
        </ul>
      )}
      <p className="fine"><Icon name="info" size={13} />Comments are from those who chose to write.</p>
    </section>
  );
}

function ScoreTable({ panel }: { panel: Spec }): JSX.Element {
  return (
    <table className="data"><caption className="sr">{panel.title}, answers by score</caption>
      <thead><tr><th scope="col">Score</th><th scope="col">Group</th><th scope="col">Answers</th><th scope="col">Share</th></tr></thead>
      <tbody>{allScores(panel).map((each) => <tr key={each.score}><th scope="row">{each.score}</th><td>{each.group}</td><td>{integer(each.count)}</td><td>{portion(each.count / panel.n)}</td></tr>)}</tbody>
    </table>
  );
}
