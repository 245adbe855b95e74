import { Fragment } from 'react';

/** A name of the data that may be long: a line may end after an underscore, a dot, a dash or a slash in it. */
export const Name = ({ of }: { of: string }): JSX.Element => <>{of.split(/(?<=[_./-])/).map((piece, index) => <Fragment key={index}>{index > 0 && <wbr />}{piece}</Fragment>)}</>;
