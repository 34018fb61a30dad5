// Decisions by vote: a proposal is a list of encoded calls, weighed by the token's balances at the moment of the proposal.
// What is accepted is carried out by the governor itself, or by a timelock where it is to wait.

import {
  Address,
  type Bytes,
  callContract,
  context,
  contract,
  emit,
  encode,
  error,
  event,
  execute,
  type Hash,
  indexed,
  init,
  nonReentrant,
  only,
  query,
  require,
  type StorageMap,
  sha3_256,
  struct,
  u256,
} from "qwvm/sdk-as";
import { IVotes } from "./interfaces";
import { ITimelock } from "./timelock";

export enum ProposalState {
  Unknown,
  Pending,
  Active,
  Defeated,
  Succeeded,
  Queued,
  Executed,
  Canceled,
}

export enum VoteType {
  Against,
  For,
  Abstain,
}

/** One call of a proposal: the arguments are encoded. */
@struct
export class GovernorCall {
  constructor(
    public to: Address,
    public method: string,
    public args: Bytes,
  ) {}
}

@struct
export class Proposal {
  proposer: Address;
  snapshot: u64;
  voteStart: u64;
  voteEnd: u64;
  /** How many votes for and abstentions it needs. */
  quorum: u256;
  againstVotes: u256;
  forVotes: u256;
  abstainVotes: u256;
  /** Queued, Executed or Canceled; Unknown while votes and time decide. */
  settled: ProposalState;
}

@event
export class ProposalCreated {
  constructor(
    @indexed public id: Hash,
    @indexed public proposer: Address,
    public calls: GovernorCall[],
    public voteStart: u64,
    public voteEnd: u64,
    public description: string,
  ) {}
}

@event
export class ProposalSettled {
  constructor(
    @indexed public id: Hash,
    public state: ProposalState,
  ) {}
}

@event
export class VoteCast {
  constructor(
    @indexed public voter: Address,
    @indexed public id: Hash,
    public support: VoteType,
    public weight: u256,
  ) {}
}

@error("{votes} votes, but a proposal needs {threshold}")
export class GovernorInsufficientProposerVotes {
  constructor(
    public proposer: Address,
    public votes: u256,
    public threshold: u256,
  ) {}
}

@error("the proposal is {current}")
export class GovernorUnexpectedProposalState {
  constructor(
    public id: Hash,
    public current: ProposalState,
  ) {}
}

@error("{voter} has voted")
export class GovernorAlreadyCastVote {
  constructor(public voter: Address) {}
}

@error("{account} did not make the proposal")
export class GovernorOnlyProposer {
  constructor(public account: Address) {}
}

@error("a quorum of {percent} percent, or a vote that takes no time, is no vote")
export class GovernorInvalidSettings {
  constructor(public percent: u8) {}
}

@contract
export abstract class Governor {
  protected votes: Address;
  protected timelock: Address;
  protected votingDelay: u64;
  protected votingPeriod: u64;
  protected quorumPercent: u8;
  protected proposalThreshold: u256;
  protected proposals: StorageMap<Hash, Proposal>;
  protected voters: StorageMap<Hash, StorageMap<Address, bool>>;

  /**
   * The token whose snapshots weigh votes, a timelock or the zero address, the seconds until and of the vote, the part of
   * all votes that has to take part, and how many votes it takes to propose.
   */
  @init createGovernor(
    votes: Address,
    timelock: Address,
    votingDelay: u64,
    votingPeriod: u64,
    quorumPercent: u8,
    proposalThreshold: u256,
  ): void {
    this.votes = votes;
    this.timelock = timelock;
    this.setSettings(votingDelay, votingPeriod, quorumPercent, proposalThreshold);
  }

  /** Changes how votes are held: by an accepted proposal alone. */
  @only("executor") @execute updateSettings(
    votingDelay: u64,
    votingPeriod: u64,
    quorumPercent: u8,
    proposalThreshold: u256,
  ): void {
    this.setSettings(votingDelay, votingPeriod, quorumPercent, proposalThreshold);
  }

  /** Who carries out proposals: the owner that what is governed should have. */
  @query executor(): Address {
    return this.timelock == Address.zero ? context.self : this.timelock;
  }

  /** The id of a proposal: of its calls and its description. */
  @query proposalId(calls: GovernorCall[], description: string): Hash {
    return sha3_256(encode(calls).concat(encode(description)));
  }

  @query getProposal(id: Hash): Proposal {
    return this.proposals.get(id);
  }

  @query hasVoted(id: Hash, account: Address): bool {
    return this.voters.get(id).get(account);
  }

  @query state(id: Hash): ProposalState {
    return stateOf(this.proposals.get(id));
  }

  /** Makes a proposal; the token's balances are kept as they are now. */
  @nonReentrant @execute propose(calls: GovernorCall[], description: string): Hash {
    const id = this.proposalId(calls, description);
    const sender = context.caller;
    const proposal = this.proposals.get(id);
    const current = stateOf(proposal);
    // One that was taken back can be made again: or else whoever copies a proposal and cancels it would prevent it.
    const isNew = current == ProposalState.Unknown || current == ProposalState.Canceled;
    require(isNew, new GovernorUnexpectedProposalState(id, current));
    proposal.settled = ProposalState.Unknown;
    const token = IVotes.at(this.votes);
    proposal.snapshot = token.snapshot();
    const weight = token.balanceOfAt(sender, proposal.snapshot);
    const threshold = this.proposalThreshold;
    require(weight >= threshold, new GovernorInsufficientProposerVotes(sender, weight, threshold));
    const supply = token.totalSupplyAt(proposal.snapshot);
    proposal.quorum = u256.mulDivUp(supply, u256.from(this.quorumPercent), u256.from(100));
    proposal.proposer = sender;
    proposal.voteStart = context.blockTimestamp + this.votingDelay;
    proposal.voteEnd = proposal.voteStart + this.votingPeriod;
    this.proposals.set(id, proposal);
    emit(new ProposalCreated(id, sender, calls, proposal.voteStart, proposal.voteEnd, description));
    return id;
  }

  /** Votes with all one had at the proposal; gives how much that is. */
  @nonReentrant @execute castVote(id: Hash, support: VoteType): u256 {
    const voter = context.caller;
    const proposal = this.expect(id, ProposalState.Active);
    require(!this.voters.get(id).get(voter), new GovernorAlreadyCastVote(voter));
    this.voters.get(id).set(voter, true);
    const weight = IVotes.at(this.votes).balanceOfAt(voter, proposal.snapshot);
    if (support == VoteType.For) proposal.forVotes += weight;
    else if (support == VoteType.Against) proposal.againstVotes += weight;
    else proposal.abstainVotes += weight;
    this.proposals.set(id, proposal);
    emit(new VoteCast(voter, id, support, weight));
    return weight;
  }

  /** Hands an accepted proposal to the timelock; anyone may. */
  @execute queue(calls: GovernorCall[], description: string): void {
    const id = this.proposalId(calls, description);
    this.settle(id, this.expect(id, ProposalState.Succeeded), ProposalState.Queued);
    const timelock = ITimelock.at(this.timelock);
    const delay = timelock.getMinDelay();
    for (let i = 0; i < calls.length; i++) {
      timelock.schedule(calls[i].to, calls[i].method, calls[i].args, saltOf(id, i), delay);
    }
  }

  /** Carries out an accepted proposal, or one that has waited in the timelock; anyone may. */
  @execute execute(calls: GovernorCall[], description: string): void {
    const id = this.proposalId(calls, description);
    const timelock = this.timelock;
    const waits = timelock != Address.zero;
    const proposal = this.expect(id, waits ? ProposalState.Queued : ProposalState.Succeeded);
    this.settle(id, proposal, ProposalState.Executed);
    for (let i = 0; i < calls.length; i++) {
      const call = calls[i];
      if (waits) ITimelock.at(timelock).execute(call.to, call.method, call.args, saltOf(id, i));
      else callContract(call.to, call.method, call.args);
    }
  }

  /** Takes a proposal back before the vote begins: who made it alone. */
  @execute cancel(id: Hash): void {
    const proposal = this.expect(id, ProposalState.Pending);
    require(context.caller == proposal.proposer, new GovernorOnlyProposer(context.caller));
    this.settle(id, proposal, ProposalState.Canceled);
  }

  private setSettings(delay: u64, period: u64, percent: u8, threshold: u256): void {
    require(period > 0 && percent <= 100, new GovernorInvalidSettings(percent));
    this.votingDelay = delay;
    this.votingPeriod = period;
    this.quorumPercent = percent;
    this.proposalThreshold = threshold;
  }

  private expect(id: Hash, wanted: ProposalState): Proposal {
    const proposal = this.proposals.get(id);
    const current = stateOf(proposal);
    require(current == wanted, new GovernorUnexpectedProposalState(id, current));
    return proposal;
  }

  private settle(id: Hash, proposal: Proposal, state: ProposalState): void {
    proposal.settled = state;
    this.proposals.set(id, proposal);
    emit(new ProposalSettled(id, state));
  }
}

function stateOf(proposal: Proposal): ProposalState {
  if (proposal.voteEnd == 0) return ProposalState.Unknown;
  if (proposal.settled != ProposalState.Unknown) return proposal.settled;
  const now = context.blockTimestamp;
  if (now < proposal.voteStart) return ProposalState.Pending;
  if (now < proposal.voteEnd) return ProposalState.Active;
  const isWon = proposal.forVotes > proposal.againstVotes;
  const isQuorate = proposal.forVotes + proposal.abstainVotes >= proposal.quorum;
  return isWon && isQuorate ? ProposalState.Succeeded : ProposalState.Defeated;
}

/** What tells the calls of a proposal apart in the timelock. */
function saltOf(id: Hash, index: i32): Hash {
  return sha3_256(encode(id).concat(encode(index)));
}
