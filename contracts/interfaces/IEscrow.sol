// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Act} from "../types/Act.sol";
import {DealState} from "../types/DealState.sol";
import {Authorization, Permit, Permit2Payment} from "../types/Payment.sol";
import {Offer, Terms} from "../types/Terms.sol";
import {IEscrowErrors} from "./IEscrowErrors.sol";
import {IEscrowEvents} from "./IEscrowEvents.sol";
import {IReputation} from "./IReputation.sol";

/// @title Fairhold Escrow
/// @notice Holds the buyer's money of each deal until the buyer is content, a deadline that both agreed to has
/// passed, both sign a split, or the arbiter that both accepted rules.
///
/// INVARIANTS
/// - What the contract holds of a token is at least what open deals hold, what is credited, and fees not yet collected.
/// - A deal pays out its price once, in parts that add up to it; a final state is final.
/// - Money goes only to the deal's seller and buyer, and, within the fees in the terms, to its operator and arbiter.
///
/// TOKEN REQUIREMENTS
/// - A token must deliver exactly what was asked; one that takes a fee on transfer is refused when the deal is opened.
/// - A token whose balances shrink on their own, which moves more than it is asked, or which says that it paid and did not,
///   cannot be made safe in a shared contract: deals in it may lack money at the end. Deals in other tokens are not touched.
/// - A token that calls its recipients lets them use up the gas of a payment. The other party is still paid; who sends a
///   batch of releases should try it first.
///
/// LIVENESS
/// - Every state that is not final has a deadline, after which a party with an interest can end the deal alone.
/// - A recipient that refuses its payment cannot hold up the other side: the amount is credited and can be withdrawn.
///
/// ROLES
/// - None. There is no owner, no upgrade, no pause. The operator named in the terms earns a fee and can do nothing.
///
/// DEADLINES
/// - A deadline is the last second that is still in time. It binds: the party it ran out on cannot act late, and
///   cannot dodge what follows by raising a dispute.
///
/// SIGNATURES
/// - Whatever a party may do by a transaction it may sign instead, and anyone may submit it: see `Act`.
/// - An account signs by its key, or, where it has code, by ERC-1271; an account delegated by EIP-7702 by either.
///
/// ROUNDING
/// - Fees and the buyer's share round down; the seller gets what remains.
interface IEscrow is IEscrowEvents, IEscrowErrors {
    /// @notice A deal's one storage slot: all that changes, and the party that the signed terms may leave open.
    struct Deal {
        /// Who took the offer.
        address taker;
        /// Last second of what the current state waits for; in a final state the second in which the deal ended.
        uint40 deadline;
        DealState state;
        /// Who has reviewed the other side: 1 the buyer, 2 the seller, 3 both.
        uint8 reviews;
        /// Whether money moved in part, so that `Moved` has to be read.
        bool partly;
        /// Whether fees still have to be collected.
        bool feesDue;
        /// Whether the arbiter ruled, and not a default.
        bool ruled;
        /// How what was left divided. Resolved: the buyer's basis points, after the arbiter's fee. Settled: the seller's part
        /// of the price less earlier parts, rounded down to multiples of 1/(2^40 - 1), on which the operator's fee is reckoned.
        uint40 outcome;
    }

    /// @notice What left a deal in parts, in the token's base units. Read and written only by deals that need it.
    struct Moved {
        uint128 released;
        uint128 refunded;
    }

    /* OPENING */

    /// @notice Takes a signed offer and opens a deal: an ask as its buyer, who pays; a bid as its seller, and the bidder pays.
    /// @dev ETH: send exactly the price. ERC-20: the buyer must have allowed this contract the price. A bid in ETH cannot
    /// be taken, because nobody's coins can be pulled.
    /// @param unit Which of the offer's units to take, from 0 to quantity - 1; each can be taken once.
    /// @return id The deal's id.
    function open(Offer calldata offer, uint32 unit, bytes calldata signature) external payable returns (bytes32 id);

    /// @notice As `open`, with a first instalment. The rest is due within `fundingSeconds`.
    /// @param amount At least `depositBps` of the price, at most the price.
    function openInPart(Offer calldata offer, uint32 unit, bytes calldata signature, uint256 amount)
        external
        payable
        returns (bytes32 id);

    /// @notice As `open`, with the buyer's allowance given by an ERC-2612 permit over exactly the price.
    /// @dev A permit that somebody else used up first does not matter: the allowance counts, not the permit.
    function openWithPermit(Offer calldata offer, uint32 unit, bytes calldata signature, Permit calldata permit)
        external
        payable
        returns (bytes32 id);

    /// @notice As `open`, paid by Permit2 with the deal as witness. For an ask anyone may submit it.
    function openWithPermit2(Offer calldata offer, uint32 unit, bytes calldata signature, Permit2Payment calldata payment)
        external
        payable
        returns (bytes32 id);

    /// @notice As `open`, paid by an ERC-3009 authorisation whose nonce is the deal's id. For an ask anyone may submit it.
    function openWithAuthorization(
        Offer calldata offer,
        uint32 unit,
        bytes calldata signature,
        Authorization calldata payment
    ) external payable returns (bytes32 id);

    /// @notice As `open` or `openInPart`, for a taker who signed the act `open`; the buyer pays by allowance.
    function openFor(
        Offer calldata offer,
        uint32 unit,
        bytes calldata signature,
        Act calldata what,
        bytes calldata takerSignature
    ) external payable returns (bytes32 id);

    /// @notice The buyer pays an instalment. The one that completes the price starts the time for shipping.
    function fund(Terms calldata terms, uint256 amount) external payable;

    /// @notice Either party gives up a deal whose instalments did not come in time; all goes back to the buyer.
    function cancelFunding(Terms calldata terms) external;

    /* THE DEAL GOES ITS WAY */

    /// @notice The seller says that the goods are on their way.
    /// @param trackingHash Commitment to carrier, tracking number and a secret, kept private between the parties.
    function ship(Terms calldata terms, bytes32 trackingHash) external;

    /// @notice The buyer confirms arrival, or the seller does once the delivery window is over. Inspection begins.
    function deliver(Terms calldata terms) external;

    /// @notice The buyer is content: all that is left goes to the seller.
    function release(Terms calldata terms) external;

    /// @notice The buyer pays the seller a part; the deal goes on with the rest.
    function releasePart(Terms calldata terms, uint128 amount) external;

    /// @notice The seller gives all that is left back to the buyer.
    function refund(Terms calldata terms) external;

    /// @notice The seller gives a part back; the deal goes on with the rest.
    function refundPart(Terms calldata terms, uint128 amount) external;

    /// @notice The buyer takes the money back, because the seller never shipped.
    function reclaim(Terms calldata terms) external;

    /// @notice Pays the seller, because the inspection is over and the buyer said nothing. Anyone may call.
    function claim(Terms calldata terms) external;

    /// @notice Whom the deadline protects gives the other side more time.
    function extend(Terms calldata terms, uint40 newDeadline) external;

    /// @notice Either party calls the arbiter.
    /// @param statementHash Hash of what the caller says happened.
    function dispute(Terms calldata terms, bytes32 statementHash) external;

    /// @notice A dispute by the caller and its ruling at once, when the arbiter's signature is at hand.
    /// @dev Who relays a party's signed `dispute` does the same with `multicall`: `act`, then `rule`.
    function disputeAndRule(
        Terms calldata terms,
        bytes32 statementHash,
        uint16 buyerBps,
        bytes32 reasonHash,
        bytes calldata rulingSignature
    ) external;

    /// @notice Ends the deal by a split that both parties signed. A party that calls need not sign.
    /// @param remaining What was left in the deal when they signed; must still be.
    function settle(
        Terms calldata terms,
        uint128 toBuyer,
        uint128 remaining,
        uint40 expiry,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature
    ) external;

    /// @notice Carries out the arbiter's ruling. Anyone may submit it; the arbiter itself needs no signature.
    /// @param buyerBps Buyer's share of what is left after the arbiter's fee, in basis points.
    function rule(Terms calldata terms, uint16 buyerBps, bytes32 reasonHash, bytes calldata signature) external;

    /// @notice Ends a dispute in which the arbiter stayed silent, by the award that the terms name.
    function awardByDefault(Terms calldata terms) external;

    /* BY SIGNATURE, IN BATCHES */

    /// @notice Does what a party signed. Anyone may submit it, and earns the tip that it signed for.
    function act(Terms calldata terms, Act calldata what, bytes calldata signature) external;

    /// @notice Releases whose buyers signed the act `release`, all or none. Anyone may submit them.
    /// @dev Neighbours in the list with the same seller and token are paid together, which is what makes a batch cheap.
    /// @param expiries The expiry that each buyer signed.
    function releaseFor(Terms[] calldata deals, uint40[] calldata expiries, bytes[] calldata signatures) external;

    /// @notice Several calls in one transaction, all or none: a cart over several sellers, a batch of signed acts.
    /// @dev Coins sent are spent by the openings in the batch, and must be spent exactly. A batch that comes with coins
    /// can hold only calls that may be paid.
    function multicall(bytes[] calldata calls) external payable;

    /* VOIDING OFFERS */

    /// @notice A party that the terms name voids them before they are taken.
    /// @dev Of an offer for several units this voids the one with the salt given.
    function cancelOffer(Terms calldata terms) external;

    /// @notice Voids the caller's offers that have one of these nonces, for as long as the caller's counter lasts.
    /// @param nonces One bit for each nonce, the lowest for nonce 0. All bits set is the same as `cancelAllOffers`.
    function cancelNonces(uint128 nonces) external;

    /// @notice Voids every offer that the caller signed so far, and frees all nonces.
    function cancelAllOffers() external;

    /// @notice As `cancelNonces` or, with all bits set, `cancelAllOffers`, for a maker who signed a Voiding.
    function cancelFor(address maker, uint128 nonces, uint40 expiry, bytes calldata signature) external;

    /* FEES AND CREDITS */

    /// @notice Pays operators and arbiters the fees of ended deals. Anyone may call; deals that owe nothing are passed over.
    /// @dev Neighbours in the list with the same operator and token are paid together.
    function collectFees(Terms[] calldata deals) external;

    /// @notice Sends what is credited to the caller to an address the caller names.
    function withdraw(address token, address to) external;

    /// @notice As `withdraw`, for an account that signed a Withdrawal with nonce `withdrawalsOf(account)`.
    function withdrawFor(
        address account,
        address token,
        address to,
        uint256 tip,
        uint40 expiry,
        bytes calldata signature
    ) external;

    /* REVIEWS */

    /// @notice Notes that a party of an ended deal has reviewed the other. Only `REPUTATION` may call.
    /// @param author Zero for both parties at once.
    function recordReviews(Terms calldata terms, address author)
        external
        returns (bytes32 id, address seller, address buyer);

    /// @notice Who the parties of an ended deal are, and the second in which it ended. Refused while it has not.
    function endOf(Terms calldata terms)
        external
        view
        returns (bytes32 id, address seller, address buyer, uint256 endedAt);

    /* VIEWS */

    /// @notice The chain's Permit2 contract, which `openWithPermit2` calls.
    function PERMIT2() external view returns (address);

    /// @notice Where the reviews are kept. The escrow created it, and it can do nothing but `recordReviews`.
    function REPUTATION() external view returns (IReputation);

    function dealId(Terms calldata terms) external view returns (bytes32);
    function dealOf(bytes32 id) external view returns (Deal memory);
    function partiesOf(Terms calldata terms) external view returns (address seller, address buyer);
    function remainingOf(Terms calldata terms) external view returns (uint256);
    function creditOf(address token, address account) external view returns (uint256);
    function counterOf(address maker) external view returns (uint256);
    function voidedNoncesOf(address maker) external view returns (uint128);
    function withdrawalsOf(address account) external view returns (uint256);
}
