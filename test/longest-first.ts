import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long for their size: begun last, each would leave one processor idle until its end. */
const long =
  /\/(?:contract-bad-input|upkeep-takeover|demonstration|desk-mail-killed|transport|embedded-postgres|kinds|detached-step|advice-findings)\.test\.ts$/u;

const turn = ({ moduleId }: TestSpecification): number => (long.test(moduleId) ? 0 : 1);

/** Without a former run to go by, Vitest goes by the size of files; these come first whatever it is. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = super.sort.bind(this);
    const sorted = await usual(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((each) =>
      sorted.filter(({ project }) => project === each).toSorted((a, b) => turn(a) - turn(b)),
    );
  }
}
