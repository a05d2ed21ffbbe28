// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IEscrow} from "../interfaces/IEscrow.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {TypedHash} from "../libraries/TypedHash.sol";
import {DealState, DealStates} from "../types/DealState.sol";
import {DealWord, FEES_DUE, PARTLY, REVIEWS, REVIEWS_AT, RULED} from "../types/DealWord.sol";
import {Terms} from "../types/Terms.sol";

/// @notice What is stored of deals, how a call finds its deal, and the questions every action asks: where does the deal
/// stand, whose call is it, is it on time.
abstract contract Deals is IEscrow, EIP712, ReentrancyGuardTransient {
    /// @dev No window, and no extension, is longer than this, so that no deal waits for ever.
    uint256 internal constant MAX_WINDOW = 365 days;

    DealStates internal constant NONE = DealStates.wrap(uint16(1 << uint8(DealState.None)));
    DealStates internal constant PARTLY_FUNDED = DealStates.wrap(uint16(1 << uint8(DealState.PartlyFunded)));
    DealStates internal constant FUNDED = DealStates.wrap(uint16(1 << uint8(DealState.Funded)));
    DealStates internal constant SHIPPED = DealStates.wrap(uint16(1 << uint8(DealState.Shipped)));
    DealStates internal constant DELIVERED = DealStates.wrap(uint16(1 << uint8(DealState.Delivered)));
    DealStates internal constant DISPUTED = DealStates.wrap(uint16(1 << uint8(DealState.Disputed)));
    DealStates internal constant UNDERWAY = DealStates.wrap(
        uint16(1 << uint8(DealState.Funded) | 1 << uint8(DealState.Shipped) | 1 << uint8(DealState.Delivered))
    );

    /// @dev Deal ids keep the domain of the day of deployment, so that a chain which changes its own id can still find its
    /// deals. Signatures go by the current one, so that none is good on both sides of a split.
    bytes32 private immutable _ID_DOMAIN;

    mapping(bytes32 id => DealWord) internal _deals;
    /// @dev What left a deal in parts; written only by deals that do so, which the deal's `partly` flag says.
    mapping(bytes32 id => Moved) internal _moved;
    /// @dev What a deal in instalments holds until it is funded.
    mapping(bytes32 id => uint256) internal _paid;

    /// @dev In a constructor, which surely runs after that of EIP712; initial values do not with every way to compile.
    constructor() {
        _ID_DOMAIN = _domainSeparatorV4();
    }

    /// @inheritdoc IEscrow
    function dealId(Terms calldata terms) external view returns (bytes32) {
        return _dealId(terms);
    }

    /// @inheritdoc IEscrow
    function dealOf(bytes32 id) external view returns (Deal memory) {
        DealWord deal = _deals[id];
        return Deal({
            taker: deal.taker(),
            deadline: uint40(deal.deadline()),
            state: deal.state(),
            reviews: uint8((DealWord.unwrap(deal) & REVIEWS) >> REVIEWS_AT),
            partly: deal.has(PARTLY),
            feesDue: deal.has(FEES_DUE),
            ruled: deal.has(RULED),
            outcome: uint40(deal.outcome())
        });
    }

    /// @inheritdoc IEscrow
    function partiesOf(Terms calldata terms) external view returns (address seller, address buyer) {
        (, DealWord deal) = _load(terms);
        return (_seller(terms, deal), _buyer(terms, deal));
    }

    /// @inheritdoc IEscrow
    function remainingOf(Terms calldata terms) external view returns (uint256 remaining) {
        (bytes32 id, DealWord deal) = _load(terms);
        if (deal.isIn(PARTLY_FUNDED)) return _paid[id];
        if (!deal.isIn(UNDERWAY | DISPUTED)) return 0;
        (, remaining) = _ledger(id, terms, deal);
    }

    function _load(Terms calldata terms) internal view returns (bytes32 id, DealWord deal) {
        id = _dealId(terms);
        deal = _deals[id];
    }

    function _dealId(Terms calldata terms) internal view returns (bytes32) {
        return _dealId(TypedHash.ofTerms(terms));
    }

    function _dealId(bytes32 termsHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(_ID_DOMAIN, termsHash);
    }

    function _advance(bytes32 id, DealWord deal, DealState to, uint256 window) internal returns (uint256 deadline) {
        deadline = block.timestamp + window;
        _deals[id] = deal.advanced(to, deadline);
    }

    /// @dev What the seller was paid in parts, fees included, and what is left in the deal, or was when it ended. For deals
    /// whose price was paid.
    function _ledger(bytes32 id, Terms calldata terms, DealWord deal)
        internal
        view
        returns (uint256 released, uint256 remaining)
    {
        if (!deal.has(PARTLY)) return (0, terms.price);
        Moved memory moved = _moved[id];
        return (moved.released, terms.price - moved.released - moved.refunded);
    }

    /* WHO */

    function _seller(Terms calldata terms, DealWord deal) internal pure returns (address) {
        address named = terms.seller;
        return named == address(0) ? deal.taker() : named;
    }

    function _buyer(Terms calldata terms, DealWord deal) internal pure returns (address) {
        address named = terms.buyer;
        return named == address(0) ? deal.taker() : named;
    }

    /// @dev True for the buyer, false for the seller; anybody else is refused.
    function _isBuyer(Terms calldata terms, DealWord deal, address actor) internal pure returns (bool) {
        if (actor == _buyer(terms, deal)) return true;
        if (actor != _seller(terms, deal)) revert WrongCaller(actor, address(0));
        return false;
    }

    function _requireActor(address actor, address expected) internal pure {
        if (actor != expected) revert WrongCaller(actor, expected);
    }

    function _requireSigned(address signer, bytes32 structHash, bytes calldata signature) internal view {
        if (!Signatures.isValid(signer, _hashTypedDataV4(structHash), signature)) revert WrongSignature(signer);
    }

    /// @dev Whoever sends the transaction consents by sending it.
    function _requireConsent(address account, bytes32 structHash, bytes calldata signature) internal view {
        if (msg.sender == account && signature.length == 0) return;
        _requireSigned(account, structHash, signature);
    }

    function _refuseAmount(uint256 amount, uint256 max) internal pure {
        revert AmountOutOfRange(amount, max);
    }

    /* WHERE AND WHEN */

    function _requireState(bytes32 id, DealWord deal, DealStates allowed) internal pure {
        if (!deal.isIn(allowed)) revert UnexpectedState(id, deal.state(), allowed);
    }

    function _requireOnTime(DealWord deal) internal view {
        if (block.timestamp > deal.deadline()) revert TooLate(block.timestamp, deal.deadline());
    }

    function _requireLate(DealWord deal) internal view {
        if (block.timestamp <= deal.deadline()) revert TooEarly(block.timestamp, deal.deadline() + 1);
    }

    function _requireUnexpired(uint256 expiry) internal view {
        if (block.timestamp > expiry) revert SignatureExpired(expiry, block.timestamp);
    }
}
