import type { AuditArea } from '#shared/ipc/audit-channels.ts';

/** The text id of each kind of act: a new one does not compile until it has words. */
export const AREA_WORDS: Readonly<Record<AuditArea, string>> = {
  access: 'audit-screen.area-access',
  staff: 'audit-screen.area-staff',
  import: 'audit-screen.area-import',
  match: 'audit-screen.area-match',
  sale: 'audit-screen.area-sale',
  setting: 'audit-screen.area-setting',
  'look-up': 'audit-screen.area-look-up',
  reversal: 'audit-screen.area-reversal',
  credential: 'audit-screen.area-credential',
  export: 'audit-screen.area-export',
  reveal: 'audit-screen.area-reveal',
  safaricom: 'audit-screen.area-safaricom',
  program: 'audit-screen.area-program',
  audit: 'audit-screen.area-audit',
};

export const AREAS = Object.keys(AREA_WORDS) as AuditArea[];
