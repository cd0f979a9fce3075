import type { CheckMemory, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { compilePattern } from '#probe/web/safe-pattern.ts';
import type { FileFacts } from './file-script.ts';
import type { FileSettings } from './settings.ts';
import type { FileReasons } from './texts.ts';

const hashName = 'hash';

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: ReasonOf<FileReasons>;
}

/** What a file or folder is worth. `kept` remembers the content seen first. */
export function judgeFile(settings: FileSettings, facts: FileFacts, kept: CheckMemory): Judgement {
  const { path, presence } = settings;
  if (facts.kind === 'refused') return { verdict: 'unknown', reason: { code: 'refusedPath', data: { path } } };
  const isThere =
    facts.kind === 'file' || (facts.kind === 'folder' && (settings.namePattern === '' || facts.files > 0));
  if (presence === 'absent')
    return isThere
      ? { verdict: 'down', reason: { code: 'present', data: { path } } }
      : { verdict: 'up', reason: { code: 'absentAsMeant', data: { path } } };
  if (facts.kind === 'absent') return { verdict: 'down', reason: { code: 'absent', data: { path } } };
  const fault = countFault(settings, facts) ?? ageFault(settings, facts) ?? sizeFault(settings, facts);
  if (fault !== undefined) return { verdict: 'down', reason: fault };
  return judgeContent(settings, facts, kept) ?? well(settings, facts);
}

function well({ path }: FileSettings, { kind, file, files, bytes }: FileFacts): Judgement {
  if (kind === 'folder') return { verdict: 'up', reason: { code: 'folderWell', data: { path, files, bytes } } };
  const ageSeconds = file?.ageSeconds ?? 0;
  return { verdict: 'up', reason: { code: 'fileWell', data: { path, ageSeconds, bytes } } };
}

function countFault(
  { path, leastFiles, mostFiles }: FileSettings,
  { kind, files }: FileFacts,
): ReasonOf<FileReasons> | undefined {
  if (kind !== 'folder') return undefined;
  if (files < leastFiles) return { code: 'tooFewFiles', data: { folder: path, files, least: leastFiles } };
  if (mostFiles > 0 && files > mostFiles) return { code: 'tooManyFiles', data: { path, files, limit: mostFiles } };
  return undefined;
}

function ageFault(
  { path, ageMaxMinutes, ageMinMinutes }: FileSettings,
  { file }: FileFacts,
): ReasonOf<FileReasons> | undefined {
  if (ageMaxMinutes === 0 && ageMinMinutes === 0) return undefined;
  if (file === undefined) return ageMaxMinutes > 0 ? { code: 'folderEmpty', data: { folder: path } } : undefined;
  const { name, ageSeconds } = file;
  if (ageMaxMinutes > 0 && ageSeconds > ageMaxMinutes * 60)
    return { code: 'tooOld', data: { name: name.slice(0, 200), ageSeconds, limitSeconds: ageMaxMinutes * 60 } };
  if (ageSeconds < ageMinMinutes * 60)
    return { code: 'tooYoung', data: { name: name.slice(0, 200), ageSeconds, limitSeconds: ageMinMinutes * 60 } };
  return undefined;
}

function sizeFault({ path, sizeMin, sizeMax }: FileSettings, { bytes }: FileFacts): ReasonOf<FileReasons> | undefined {
  if (bytes < sizeMin) return { code: 'tooSmall', data: { path, bytes, limit: sizeMin } };
  return sizeMax > 0 && bytes > sizeMax ? { code: 'tooLarge', data: { path, bytes, limit: sizeMax } } : undefined;
}

function judgeContent(settings: FileSettings, facts: FileFacts, kept: CheckMemory): Judgement | undefined {
  const { contentPattern, contentAbsent, warnChanged } = settings;
  if (!warnChanged) kept.set(hashName, undefined);
  const name = facts.file?.name ?? settings.path;
  const wantsContent = contentPattern !== '' || contentAbsent !== '' || warnChanged;
  if (!wantsContent || facts.file === undefined) return undefined;
  if (!facts.readable) return { verdict: 'unknown', reason: { code: 'unreadable', data: { path: name } } };
  const { content = '', hash } = facts;
  if (contentPattern !== '' && !compilePattern(contentPattern).test(content))
    return { verdict: 'down', reason: { code: 'patternMissing', data: { path: name, pattern: contentPattern } } };
  if (contentAbsent !== '' && compilePattern(contentAbsent).test(content))
    return { verdict: 'down', reason: { code: 'patternFound', data: { path: name, pattern: contentAbsent } } };
  return warnChanged && hash !== undefined ? judgeHash(settings.path, name, hash, kept) : undefined;
}

/** The first content seen at a path is the one expected; another is degraded until the old one is back, or it is forgotten. */
function judgeHash(of: string, path: string, hash: string, kept: CheckMemory): Judgement | undefined {
  const known = kept.get(hashName);
  const expected =
    typeof known === 'string' && known.slice(hash.length + 1) === of ? known.slice(0, hash.length) : undefined;
  if (expected === undefined) kept.set(hashName, `${hash} ${of}`);
  if (expected === undefined || expected === hash) return undefined;
  return {
    verdict: 'degraded',
    reason: { code: 'changed', data: { path, found: hash.slice(0, 16), expected: expected.slice(0, 16) } },
  };
}
