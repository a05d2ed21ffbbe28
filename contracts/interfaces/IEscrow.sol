// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState, DealStates} from "../types/DealState.sol";
import {Offer, Terms} from "../types/Terms.sol";

/// @title Fairhold Escrow
/// @notice Holds the buyer's money of each deal until the buyer is content, a deadline that both agreed to has
/// passed, both sign a split, or the arbiter that both accepted rules.
///
/// INVARIANTS
/// - What the contract holds of a token is at least what open deals hold plus what is credited.
/// - A deal pays out its price once, in parts that add up to it; a final state is final.
/// - Money goes only to the deal's seller and buyer, and, within the fees in the terms, to its operator and arbiter.
///
/// TOKEN REQUIREMENTS
/// - A token must deliver exactly what was asked; one that takes a fee on transfer is refused when the deal is opened.
/// - A token whose balances shrink on their own cannot be made safe in a shared contract: deals in it may lack money
///   at the end. Deals in other tokens are not touched.
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
/// ROUNDING
/// - Fees and the buyer's share round down; the seller gets what remains.
interface IEscrow {
    /// @notice A deal's one storage slot: all that changes, and the party that the signed terms may leave open.
    struct Deal {
        /// Who took the offer.
        address taker;
        /// Last second of what the current state waits for; its meaning depends on the state.
        uint40 deadline;
        DealState state;
        /// Whether money moved in part, so that `Moved` has to be read.
        bool partly;
    }

    /// @notice What left a deal in parts, in the token's base units. Read and written only by deals that need it.
    struct Moved {
        uint128 released;
        uint128 refunded;
    }

    event Opened(
        bytes32 indexed dealId, address indexed seller, address indexed buyer, Terms terms, uint40 deadline
    );
    event Shipped(bytes32 indexed dealId, bytes32 trackingHash, uint40 deadline);
    event Delivered(bytes32 indexed dealId, address by, uint40 deadline);
    /// @dev `amount` is what left the deal; the seller got `amount - fee`.
    event Released(bytes32 indexed dealId, uint256 amount, uint256 fee);
    event PartReleased(bytes32 indexed dealId, uint256 amount, uint256 fee);
    event Refunded(bytes32 indexed dealId, uint256 amount);
    event PartRefunded(bytes32 indexed dealId, uint256 amount);
    event Reclaimed(bytes32 indexed dealId, uint256 amount);
    event Claimed(bytes32 indexed dealId, uint256 amount, uint256 fee);
    event Extended(bytes32 indexed dealId, uint40 deadline);
    event Disputed(bytes32 indexed dealId, address by, bytes32 statementHash, uint40 deadline);
    /// @dev Here and below `toSeller` is net: the operator's `fee` was already taken off.
    event Settled(bytes32 indexed dealId, uint256 toBuyer, uint256 toSeller, uint256 fee);
    event Ruled(
        bytes32 indexed dealId,
        uint16 buyerBps,
        bytes32 reasonHash,
        uint256 toBuyer,
        uint256 toSeller,
        uint256 fee,
        uint256 arbiterFee
    );
    event AwardedByDefault(bytes32 indexed dealId, uint256 toBuyer, uint256 toSeller, uint256 fee);
    event OfferVoided(bytes32 indexed dealId, address indexed maker);
    event AllOffersVoided(address indexed maker, uint256 counter);
    event Credited(address indexed token, address indexed account, uint256 amount);
    event Withdrawn(address indexed token, address indexed account, address to, uint256 amount);

    /// @param allowed The states in which the call is allowed, one bit each (bit n = the state of ordinal n).
    error UnexpectedState(bytes32 dealId, DealState current, DealStates allowed);
    /// @param expected The account that may make this call; zero where it is one of the two parties.
    error WrongCaller(address caller, address expected);
    error TooEarly(uint256 current, uint256 earliest);
    error TooLate(uint256 current, uint256 deadline);
    error WrongSignature(address signer);
    error OfferExpired(uint256 expiry, uint256 current);
    error OfferCancelled(uint256 offerCounter, uint256 currentCounter);
    error UnitOutOfRange(uint256 unit, uint256 quantity);
    error NoSeller();
    error SameParty(address account);
    error NoArbiter();
    error ArbiterIsParty(address arbiter);
    error NoOperator(uint256 feeBps);
    error FeeTooHigh(uint256 bps, uint256 max);
    error WindowOutOfRange(uint256 window, uint256 max);
    error PriceOutOfRange(uint256 price, uint256 max);
    error NoCode(address token);
    error WrongValue(uint256 sent, uint256 expected);
    error UnexpectedTransfer(uint256 expected, uint256 received);
    error AmountOutOfRange(uint256 amount, uint256 max);
    error DeadlineOutOfRange(uint256 deadline, uint256 min, uint256 max);
    error RemainingChanged(uint256 signed, uint256 current);
    error SettlementExpired(uint256 expiry, uint256 current);
    error NothingToWithdraw(address token, address account);
    error WithdrawFailed(address token, address to, uint256 amount);

    /// @notice Takes a seller's signed offer as its buyer, and pays.
    /// @dev ETH: send exactly the price. ERC-20: allow this contract the price first.
    /// @param unit Which of the offer's units to take, from 0 to quantity - 1; each can be taken once.
    /// @return id The deal's id.
    function open(Offer calldata offer, uint32 unit, bytes calldata signature) external payable returns (bytes32 id);

    /// @notice As `open`, with the allowance given by an ERC-2612 permit over exactly the price.
    /// @dev A permit that somebody else used up first does not matter: the allowance counts, not the permit.
    function openWithPermit(
        Offer calldata offer,
        uint32 unit,
        bytes calldata signature,
        uint256 permitDeadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (bytes32 id);

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

    /// @notice A party that the terms name voids them before they are taken.
    function cancelOffer(Terms calldata terms) external;

    /// @notice Voids every offer that the caller signed so far.
    function cancelAllOffers() external;

    /// @notice Sends what is credited to the caller to an address the caller names.
    function withdraw(address token, address to) external;

    function dealId(Terms calldata terms) external view returns (bytes32);
    function dealOf(bytes32 id) external view returns (Deal memory);
    function partiesOf(Terms calldata terms) external view returns (address seller, address buyer);
    function remainingOf(Terms calldata terms) external view returns (uint256);
    function creditOf(address token, address account) external view returns (uint256);
    function counterOf(address maker) external view returns (uint256);
}
