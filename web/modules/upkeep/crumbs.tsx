import { useQuery } from '@tanstack/react-query';
import type { Params } from 'react-router';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { credentialsQuery, hostsQuery, runbookQuery, runQuery, windowQuery } from './upkeep-queries.ts';
import { useWindowTexts } from './window-texts.ts';

interface CrumbProps {
  params: Params;
}

export function UpkeepCrumb() {
  return useShellTexts().modules.upkeep;
}

export function RunsCrumb() {
  return useUpkeepTexts().sections.runs;
}

export function AccessCrumb() {
  return useUpkeepTexts().sections.access;
}

export function CredentialsCrumb() {
  return useUpkeepTexts().sections.credentials;
}

export function LeasesCrumb() {
  return useUpkeepTexts().sections.leases;
}

export function NewRunbookCrumb() {
  return useUpkeepTexts().editor.newTitle;
}

export function ProposeCrumb() {
  return useUpkeepTexts().propose.title;
}

export function EditCrumb() {
  return useUpkeepTexts().runbook.edit;
}

export function NewCredentialCrumb() {
  return useUpkeepTexts().credentials.new;
}

export function RunbookCrumb({ params }: CrumbProps) {
  const texts = useUpkeepTexts();
  return useQuery(runbookQuery(params['id'] ?? '')).data?.name ?? texts.loadingName;
}

export function RunCrumb({ params }: CrumbProps) {
  const texts = useUpkeepTexts();
  const run = useQuery(runQuery(params['id'] ?? '')).data;
  return run === undefined ? texts.loadingName : `${run.runbook.name} ${texts.run.onHost(run.host.name)}`;
}

export function HostCrumb({ params }: CrumbProps) {
  const texts = useUpkeepTexts();
  return useQuery(hostsQuery).data?.find((host) => host.id === params['id'])?.name ?? texts.loadingName;
}

export function CredentialCrumb({ params }: CrumbProps) {
  const texts = useUpkeepTexts();
  return useQuery(credentialsQuery).data?.items.find(({ id }) => id === params['id'])?.name ?? texts.loadingName;
}

export function WindowsCrumb() {
  return useWindowTexts().title;
}

export function NewWindowCrumb() {
  return useWindowTexts().new;
}

export function WindowCrumb({ params }: CrumbProps) {
  const texts = useUpkeepTexts();
  return useQuery(windowQuery(params['id'] ?? '')).data?.name ?? texts.loadingName;
}
