/** One row of an invented till statement; the day is the one the file is for. */
export type StatementRow = {
  readonly receipt: string;
  readonly time: string;
  readonly amount: number;
  readonly status?: string;
  /** Sends this payment back: money that goes out. */
  readonly reverses?: string;
};

/** A portal file of till payments of one whole day (`14-03-2026`), newest first, whose balances follow. */
export function dayStatement(rows: readonly StatementRow[], day = '14-03-2026', until = '23:59:59'): string {
  let balance = 0;
  const lines = rows.map(({ receipt, time, amount, status = 'Completed', reverses }) => {
    const at = `${day} ${time}`;
    const who = '070****101 - AMINA EXAMPLE';
    if (reverses !== undefined) {
      balance -= amount;
      return `${receipt},${at},${at},Pay Merchant Reversal by DemoOperator,Completed,,-${amount}.0,${balance}.0,true,Pay Merchant Reversal,${who},${reverses},,KES`;
    }
    if (status === 'Completed') balance += amount;
    return `${receipt},${at},${at},Merchant Payment from ${who},${status},${amount}.0,,${balance}.0,true,Pay Merchant,${who},,,KES`;
  });
  return `Account Holder:,DEMO DUKA
Short Code:,1234567
Account:,Merchant Account
Time Period:,From,${day} 00:00:00,To,${day} ${until}
Operator:,Demo,Organization:,DEMO DUKA,Date of Report:,20-03-2026 07:00:00
Opening Balance:,0.0,Closing Balance:,${balance}.0
Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.,Currency
${lines.reverse().join('\n')}
`;
}

/** One row of a shop's sales file; `time` is `2026-03-14 08:01:00`. */
export type SalesRow = {
  readonly time: string;
  readonly amount: number;
  readonly reference: string;
  readonly receipt?: string;
  readonly tender?: string;
};

/** A generic sales CSV. */
export function salesFile(rows: readonly SalesRow[]): string {
  const lines = rows.map(
    ({ time, amount, reference, receipt = '', tender = 'M-PESA' }) =>
      `${time},${amount},${reference},${receipt},${tender}`,
  );
  return `time,amount,reference,receipt,tender\n${lines.join('\n')}\n`;
}
