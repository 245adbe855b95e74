import { Fragment } from 'react';

const line = /^(\s*(?:- )?)([A-Za-z_][\w-]*)(:)(\s.*|)$/;

/** A definition's text with its keys set apart. */
export function Yaml({ text }: { text: string }): JSX.Element {
  return (
    <pre className="source-text" tabIndex={0} aria-label="Definition as YAML">
      {text.replace(/\s+$/, '').split('\n').map((row, index) => {
        const match = line.exec(row);
        return <Fragment key={index}>{match ? <>{match[1]}<b>{match[2]}</b>{match[3]}{match[4]}</> : row.trimStart().startsWith('#') ? <i>{row}</i> : row}{'\n'}</Fragment>;
      })}
    </pre>
  );
}
