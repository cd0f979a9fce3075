import { describe, expect, it } from 'vitest';
import { mostReadBytes } from './read-file.ts';
import { unreadWhy, type ReadFile } from './unread-why.ts';

const pdf: ReadFile = { name: 'a.pdf', type: 'application/pdf', sizeBytes: 1, reading: 'done', fault: null };
const ole: ReadFile = { ...pdf, type: 'application/x-ole-storage', reading: 'none' };

describe('why the words of a file are not found', () => {
  it('is nothing where they are, and where there are none', () => {
    expect(unreadWhy(pdf)).toBeNull();
    expect(unreadWhy({ ...pdf, name: 'a.png', type: 'image/png', reading: 'none' })).toBeNull();
  });

  it('is what became of the reading', () => {
    expect(unreadWhy({ ...pdf, reading: 'waiting' })).toBe('waiting');
    expect(unreadWhy({ ...pdf, reading: 'failed', fault: 'password' })).toBe('password');
    expect(unreadWhy({ ...pdf, reading: 'failed', fault: 'too_heavy' })).toBe('too_heavy');
    expect(unreadWhy({ ...pdf, reading: 'failed' })).toBe('damaged');
    expect(unreadWhy({ ...pdf, reading: 'none', sizeBytes: mostReadBytes + 1 })).toBe('too_large');
  });

  it('tells a document of long ago from one that is closed with a password', () => {
    expect(unreadWhy({ ...ole, name: 'Lettre.DOC' })).toBe('old_format');
    expect(unreadWhy({ ...ole, name: 'budget.xls' })).toBe('old_format');
    expect(unreadWhy({ ...ole, name: 'salaires.xlsx' })).toBe('password');
    expect(unreadWhy({ ...ole, name: 'mail.msg' })).toBeNull();
  });
});
