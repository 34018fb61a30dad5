// Roles: named rights, each held by any number of accounts. Guard methods with @role("minter").
// Whoever has a role's admin role grants and takes it; that is "admin" unless setRoleAdmin says otherwise.

import {
  type Address,
  context,
  contract,
  emit,
  error,
  event,
  execute,
  indexed,
  init,
  query,
  require,
  type StorageMap,
} from "qwvm/sdk-as";

@event
export class RoleGranted {
  constructor(
    @indexed public role: string,
    @indexed public account: Address,
    @indexed public sender: Address,
  ) {}
}

@event
export class RoleRevoked {
  constructor(
    @indexed public role: string,
    @indexed public account: Address,
    @indexed public sender: Address,
  ) {}
}

@event
export class RoleAdminChanged {
  constructor(
    @indexed public role: string,
    public previousAdminRole: string,
    public newAdminRole: string,
  ) {}
}

@error("{account} does not have the role {neededRole}")
export class AccessControlUnauthorizedAccount {
  constructor(
    public account: Address,
    public neededRole: string,
  ) {}
}

@contract
export abstract class Roles {
  protected roleMembers: StorageMap<string, StorageMap<Address, bool>>;
  protected roleAdmins: StorageMap<string, string>;

  /** Gives the first account the role "admin". */
  @init createRoles(admin: Address): void {
    this.giveRole("admin", admin);
  }

  @query hasRole(role: string, account: Address): bool {
    return this.roleMembers.get(role).get(account);
  }

  /** The role whose holders grant and take this role. */
  @query getRoleAdmin(role: string): string {
    const admin = this.roleAdmins.get(role);
    return admin.length == 0 ? "admin" : admin;
  }

  /** Gives a role to an account; nothing happens when it has it. */
  @execute grantRole(role: string, account: Address): void {
    this.checkRole(this.getRoleAdmin(role));
    this.giveRole(role, account);
  }

  /** Takes a role from an account; nothing happens when it does not have it. */
  @execute revokeRole(role: string, account: Address): void {
    this.checkRole(this.getRoleAdmin(role));
    this.takeRole(role, account);
  }

  /** Gives up one's own role. */
  @execute renounceRole(role: string): void {
    this.takeRole(role, context.caller);
  }

  /** Ends the call unless the caller has the role. */
  protected checkRole(role: string): void {
    require(this.hasRole(role, context.caller), new AccessControlUnauthorizedAccount(context.caller, role));
  }

  protected giveRole(role: string, account: Address): void {
    if (this.hasRole(role, account)) return;
    this.roleMembers.get(role).set(account, true);
    emit(new RoleGranted(role, account, context.caller));
  }

  protected takeRole(role: string, account: Address): void {
    if (!this.hasRole(role, account)) return;
    this.roleMembers.get(role).delete(account);
    emit(new RoleRevoked(role, account, context.caller));
  }

  /** Lets the holders of another role grant and take this one. */
  protected setRoleAdmin(role: string, adminRole: string): void {
    emit(new RoleAdminChanged(role, this.getRoleAdmin(role), adminRole));
    this.roleAdmins.set(role, adminRole);
  }
}
