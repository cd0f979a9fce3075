import { useQuery } from '@tanstack/react-query';
import type { Params } from 'react-router';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { solutionQuery } from './logbook-queries.ts';
import { useLogbookTexts } from './logbook-texts.ts';

export function LogbookCrumb() {
  return useShellTexts().modules.logbook;
}

export function SolutionsCrumb() {
  return useLogbookTexts().sections.solutions;
}

export function NewSolutionCrumb() {
  return useLogbookTexts().solutions.new;
}

export function EditCrumb() {
  return useLogbookTexts().solutions.edit;
}

export function SolutionCrumb({ params }: { params: Params }) {
  const texts = useLogbookTexts();
  return useQuery(solutionQuery(params['id'] ?? '')).data?.title ?? texts.solutions.one;
}
