import { Component, type ReactNode } from 'react';
import { Failure } from '../api/request';
import { FailureNote } from './Waiting';

/** Keeps a page that cannot be drawn from taking the shell with it. */
export class Boundary extends Component<{ children: ReactNode }, { message: string | undefined }> {
  override state = { message: undefined };

  static getDerivedStateFromError(reason: unknown): { message: string } {
    return { message: reason instanceof Error ? reason.message : String(reason) };
  }

  override render(): ReactNode {
    if (this.state.message === undefined) return this.props.children;
    const failure = new Failure(0, {
      code: 'web/not-drawn', message: 'This page could not be drawn.',
      hint: `Load it again; when it stays, this helps to find out why: ${this.state.message}`,
    });
    return <FailureNote failure={failure} again={() => location.reload()} />;
  }
}
