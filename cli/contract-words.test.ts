import { requestList } from '#contract/request-list.ts';
import { cli as inEnglish } from '#texts/en/cli.ts';
import * as en from '#texts/en/labels.ts';
import { requests as english } from '#texts/en/requests.ts';
import { cli as inFrench } from '#texts/fr/cli.ts';
import * as fr from '#texts/fr/labels.ts';
import { valueLabels as frenchValues } from '#texts/fr/value-labels.ts';
import { requests as french } from '#texts/fr/requests.ts';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from './request-fields.ts';
import { arms, choicesOf, isNode, itemsOf, propertiesOf, schemaOf, type SchemaNode } from './schema-node.ts';

/** All names and words of closed lists in an answer, however deep. */
function wordsIn(node: SchemaNode, names: Set<string>, values: Set<string>): void {
  for (const arm of arms(node)) {
    for (const value of choicesOf(arm)) values.add(value);
    const items = itemsOf(arm);
    if (Object.keys(items).length > 0) wordsIn(items, names, values);
    for (const [name, property] of propertiesOf(arm)) {
      names.add(name);
      if (isNode(property)) wordsIn(property, names, values);
    }
  }
}

const names = new Set<string>();
const values = new Set<string>();
for (const { output } of requestList) if (output !== null) wordsIn(schemaOf(output, 'output'), names, values);
/** Technical words that are shown as they are; an empty one says nothing. */
const untranslated = /^(|Vigie|[a-z]+\.[a-z]+|public|session)$/u;

describe('the words of the contract', () => {
  test('every module says in both languages what it holds', () => {
    const modules = new Set(requestList.map(({ name }) => name.split('.')[0] ?? ''));
    const untold = [...modules].filter((module) => !(module in inEnglish.modules) || !(module in inFrench.modules));
    expect(untold).toEqual([]);
  });

  test('every field of an answer has a label in both languages', () => {
    const unlabelled = [...names].filter((name) => !(name in en.fieldLabels) || !(name in fr.fieldLabels));
    expect(unlabelled).toEqual([]);
  });

  test('every word of a closed list is told in both languages', () => {
    const untold = [...values].filter((value) => !untranslated.test(value) && !(value in frenchValues));
    expect(untold).toEqual([]);
  });

  test('every request says what it does in both languages', () => {
    expect(Object.keys(english).toSorted()).toEqual(Object.keys(french).toSorted());
  });
});

describe('the options of a request', () => {
  test.each(requestList)('$name has options that do not collide', (entry) => {
    const flags = fieldsOf(entry).map(({ flag }) => flag);
    const own = ['json', 'lang', 'url', 'input', 'all', 'help'];
    expect(new Set([...flags, ...own]).size).toBe(flags.length + own.length);
  });

  test('are read off the contract', () => {
    const propose = requestList.find(({ name }) => name === 'upkeep.runs.propose');
    const fields = propose === undefined ? [] : fieldsOf(propose);
    expect(fields.map(({ flag, kind, required }) => [flag, kind, required])).toEqual([
      ['runbook', 'text', true],
      ['host', 'text', true],
      ['incident', 'text', false],
      ['inputs', 'pairs', false],
    ]);
  });
});
