import { Redirect, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useForgetPhones } from '../lib/reveal.ts';
import { useText } from '../lib/text.tsx';
import { AccountScreen } from '../screens/account/AccountScreen.tsx';
import { AuditScreen } from '../screens/audit/AuditScreen.tsx';
import { CallbacksScreen } from '../screens/callbacks/CallbacksScreen.tsx';
import { LookUpScreen } from '../screens/look-up/LookUpScreen.tsx';
import { ReconcileScreen } from '../screens/reconcile/ReconcileScreen.tsx';
import { ReversalsScreen } from '../screens/reversals/ReversalsScreen.tsx';
import { SafaricomScreen } from '../screens/safaricom/SafaricomScreen.tsx';
import { SalesScreen } from '../screens/sales/SalesScreen.tsx';
import { SettingsScreen } from '../screens/settings/SettingsScreen.tsx';
import { StaffScreen } from '../screens/staff/StaffScreen.tsx';
import { StatementsScreen } from '../screens/statements/StatementsScreen.tsx';
import { Allowed } from './Allowed.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import { Navigation } from './Navigation.tsx';
import { paths } from './routes.ts';
import styles from './Shell.module.css';

/** The window around every screen: where one is, and what else there is. */
export function Shell() {
  const { t } = useText();
  useForgetPhones();
  return (
    <Router hook={useHashLocation}>
      <div className={styles.shell}>
        <button type="button" className={styles.skip} onClick={focusMain}>
          {t('app.skip-to-content')}
        </button>
        <Navigation />
        <main className={styles.main} id="main" tabIndex={-1}>
          <Switch>
            <Route path={`${paths.reconcile}/:from?/:to?`} component={ReconcileScreen} />
            <Route path={`${paths.lookUp}/:what?`} component={LookUpScreen} />
            <Route path={`${paths.statements}/:tab?/:id?`} component={StatementsScreen} />
            <Route path={`${paths.sales}/:tab?/:id?`} component={SalesScreen} />
            <Route path={`${paths.callbacks}/:what?`}>
              <Allowed needs="callbacks.read">
                <CallbacksScreen />
              </Allowed>
            </Route>
            <Route path={`${paths.reversals}/:id?`}>
              <Allowed needs="reversals.read">
                <ReversalsScreen />
              </Allowed>
            </Route>
            <Route path={paths.staff}>
              <Allowed needs="staff.read">
                <StaffScreen />
              </Allowed>
            </Route>
            <Route path={`${paths.audit}/:how?/:what?`}>
              <Allowed needs="audit.read">
                <AuditScreen />
              </Allowed>
            </Route>
            <Route path={`${paths.safaricom}/:tab?`}>
              <Allowed needs="safaricom.read">
                <SafaricomScreen />
              </Allowed>
            </Route>
            <Route path={paths.settings} component={SettingsScreen} />
            <Route path={paths.account} component={AccountScreen} />
            <Route>
              <Redirect to={paths.reconcile} replace />
            </Route>
          </Switch>
        </main>
        <KeysHelp />
      </div>
    </Router>
  );
}

/** The part after # is the route, so skipping the menu moves the focus itself. */
function focusMain() {
  document.getElementById('main')?.focus();
}
