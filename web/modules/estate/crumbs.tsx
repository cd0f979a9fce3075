import { useQuery } from '@tanstack/react-query';
import type { Params } from 'react-router';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { hostQuery, serviceQuery, siteQuery, suppliersQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';

interface CrumbProps {
  params: Params;
}

/** Steps of the breadcrumb; a thing's step is its name. */
export function EstateCrumb() {
  return useShellTexts().modules.estate;
}

export function ServicesCrumb() {
  return useEstateTexts().services;
}

export function SitesCrumb() {
  return useEstateTexts().sites;
}

export function SuppliersCrumb() {
  return useEstateTexts().suppliers;
}

export function NewCrumb() {
  return useShellTexts().newThing;
}

export function EditCrumb() {
  return useEstateTexts().edit;
}

export function HostCrumb({ params }: CrumbProps) {
  return useQuery(hostQuery(params['id'] ?? '')).data?.name;
}

export function ServiceCrumb({ params }: CrumbProps) {
  return useQuery(serviceQuery(params['id'] ?? '')).data?.name;
}

export function SiteCrumb({ params }: CrumbProps) {
  return useQuery(siteQuery(params['id'] ?? '')).data?.name;
}

export function SupplierCrumb({ params }: CrumbProps) {
  return useQuery(suppliersQuery()).data?.find(({ id }) => id === params['id'])?.name;
}
