import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { reconcilePath } from '#renderer/app/routes.ts';
import type { DayRange } from '#renderer/components/DayPicker.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { type BusinessDay, businessDayOf, parseBusinessDay, type UtcMs } from '#shared/domain/time.ts';

/** The days and the till that a request asks about. */
export type Scope = { readonly from: BusinessDay; readonly to: BusinessDay; readonly tillId: number | null };

export type ScopeControl = {
  readonly scope: Scope;
  readonly setRange: (range: DayRange) => void;
  readonly setTill: (tillId: number | null) => void;
};

/** The scope of the screen: days from the address, so that other screens can lead to a day; else the newest day. */
export function useScope(): ScopeControl {
  const params = useParams();
  const [, navigate] = useLocation();
  const { latestDay } = useAppState();
  const [tillId, setTill] = useState<number | null>(null);
  const newest = latestDay ?? businessDayOf(Date.now() as UtcMs);
  const asked = parseBusinessDay(params.from ?? '') ?? newest;
  const [from = asked, to = from] = [asked, parseBusinessDay(params.to ?? '') ?? asked].sort();
  return {
    scope: { from, to, tillId },
    setRange: (range) => navigate(reconcilePath(range.from, range.to)),
    setTill,
  };
}
