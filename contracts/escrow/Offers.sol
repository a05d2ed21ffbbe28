// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../interfaces/IEscrow.sol";
import {TypedHash} from "../libraries/TypedHash.sol";
import {Split} from "../libraries/Split.sol";
import {DealState} from "../types/DealState.sol";
import {DealWord, dealWord} from "../types/DealWord.sol";
import {Rules} from "../types/Rules.sol";
import {Offer, Terms} from "../types/Terms.sol";
import {Payouts} from "./Payouts.sol";

/// @notice Signed offers: what makes one valid, how it becomes a deal, and how its maker takes it back.
abstract contract Offers is Payouts {
    uint256 private constant MAX_PRICE = type(uint128).max;
    uint128 private constant ALL = type(uint128).max;

    /// @dev All that can void a maker's offers, in one slot, because every opening reads it.
    struct Maker {
        uint128 counter;
        /// One bit for each nonce that is void while this counter lasts.
        uint128 voided;
    }

    mapping(address maker => Maker) private _makers;

    /// @inheritdoc IEscrow
    function cancelOffer(Terms calldata terms) external {
        (bytes32 id, DealWord deal) = _load(terms);
        _cancelOffer(id, terms, deal, msg.sender);
    }

    /// @inheritdoc IEscrow
    function cancelNonces(uint128 nonces) external {
        _void(msg.sender, nonces);
    }

    /// @inheritdoc IEscrow
    function cancelAllOffers() external {
        _void(msg.sender, ALL);
    }

    /// @inheritdoc IEscrow
    function cancelFor(address maker, uint128 nonces, uint40 expiry, bytes calldata signature) external {
        _requireUnexpired(expiry);
        _requireSigned(maker, TypedHash.ofVoiding(maker, _makers[maker].counter, nonces, expiry), signature);
        _void(maker, nonces);
    }

    /// @inheritdoc IEscrow
    function counterOf(address maker) external view returns (uint256) {
        return _makers[maker].counter;
    }

    /// @inheritdoc IEscrow
    function voidedNoncesOf(address maker) external view returns (uint128) {
        return _makers[maker].voided;
    }

    function _cancelOffer(bytes32 id, Terms calldata terms, DealWord deal, address maker) internal {
        _requireState(id, deal, NONE);
        if (maker != terms.seller && maker != terms.buyer) revert WrongCaller(maker, address(0));
        _deals[id] = deal.advanced(DealState.Cancelled, 0);
        emit OfferVoided(id, maker);
    }

    /// @dev The counter jumps by an amount that nobody knows beforehand, so that an offer cannot be had signed for a
    /// counter that is still to come (Seaport guards its bulk cancellation in the same way).
    function _void(address maker, uint128 nonces) private {
        Maker storage offers = _makers[maker];
        if (nonces != ALL) {
            offers.voided |= nonces;
            emit NoncesVoided(maker, nonces);
            return;
        }
        uint128 counter = offers.counter + 1 + uint64(uint256(blockhash(block.number - 1)));
        _makers[maker] = Maker(counter, 0);
        emit AllOffersVoided(maker, counter);
    }

    /// @dev Turns an offer into a deal. `paid` is what the buyer pays now: the price, or a first instalment.
    function _take(Offer calldata offer, uint32 unit, bytes calldata signature, address taker, uint256 paid)
        internal
        returns (bytes32 id, address buyer)
    {
        Terms calldata terms = offer.terms;
        address maker;
        (maker, buyer) = _makerAndBuyer(terms, taker);
        _checkTerms(terms, maker, taker);
        bytes32 termsHash = TypedHash.ofTerms(terms);
        _checkOffer(offer, unit, maker, termsHash, signature);
        uint64 salt = terms.salt + unit;
        id = _dealId(unit == 0 ? termsHash : TypedHash.ofTerms(terms, salt));
        _requireState(id, _deals[id], NONE);
        bool whole = paid == terms.price;
        if (!whole) _checkDeposit(terms, paid);
        uint256 deadline = block.timestamp + (whole ? terms.rules.shipSeconds() : terms.rules.fundingSeconds());
        _deals[id] = dealWord(taker, whole ? DealState.Funded : DealState.PartlyFunded, deadline);
        if (!whole) _paid[id] = paid;
        _emitOpened(id, terms, salt, taker == buyer ? maker : taker, buyer, deadline, whole ? 0 : paid);
    }

    /// @dev The maker of an offer is the side that does not take it.
    function _makerAndBuyer(Terms calldata terms, address taker) private pure returns (address maker, address buyer) {
        address seller = terms.seller;
        buyer = terms.buyer;
        if (seller == address(0)) {
            if (buyer == address(0)) revert NoMaker();
            return (buyer, buyer);
        }
        if (buyer == address(0) || buyer == taker) return (seller, taker);
        if (seller != taker) revert WrongCaller(taker, buyer);
        return (buyer, buyer);
    }

    function _checkTerms(Terms calldata terms, address maker, address taker) private pure {
        if (maker == taker) revert SameParty(taker);
        if (terms.arbiter == address(0)) revert NoArbiter();
        if (terms.arbiter == maker || terms.arbiter == taker) revert ArbiterIsParty(terms.arbiter);
        Rules rules = terms.rules;
        if (terms.operator == address(0) && rules.operatorFeeBps() != 0) revert NoOperator(rules.operatorFeeBps());
        if (!rules.isClean()) revert UnknownRules(Rules.unwrap(rules));
        _checkMax(rules.operatorFeeBps());
        _checkMax(rules.arbiterFeeBps());
        _checkMax(rules.silentAwardBps());
        _checkMax(rules.depositBps());
        if (rules.fundingSeconds() != 0) _checkWindow(rules.fundingSeconds());
        _checkWindow(rules.shipSeconds());
        _checkWindow(rules.deliverySeconds());
        _checkWindow(rules.inspectionSeconds());
        _checkWindow(rules.rulingSeconds());
        uint256 price = terms.price;
        if (price == 0 || price > MAX_PRICE) revert PriceOutOfRange(price, MAX_PRICE);
    }

    function _checkMax(uint256 bps) private pure {
        if (bps > Split.BPS) revert FeeTooHigh(bps, Split.BPS);
    }

    function _checkWindow(uint256 window) private pure {
        if (window == 0 || window > MAX_WINDOW) revert WindowOutOfRange(window, MAX_WINDOW);
    }

    function _checkDeposit(Terms calldata terms, uint256 paid) private pure {
        if (terms.rules.fundingSeconds() == 0) revert NoInstalments(terms.price);
        uint256 least = Split.shareUp(terms.price, terms.rules.depositBps());
        if (paid == 0 || paid < least || paid > terms.price) revert InstalmentOutOfRange(paid, least, terms.price);
    }

    function _checkOffer(
        Offer calldata offer,
        uint32 unit,
        address maker,
        bytes32 termsHash,
        bytes calldata signature
    ) private view {
        if (block.timestamp > offer.expiry) revert OfferExpired(offer.expiry, block.timestamp);
        if (unit >= offer.quantity) revert UnitOutOfRange(unit, offer.quantity);
        Maker memory offers = _makers[maker];
        if (offer.counter != offers.counter) revert OfferCancelled(offer.counter, offers.counter);
        // A nonce above 127 has no bit, so it could not be voided.
        if (offer.nonce > 127 || (offers.voided >> offer.nonce) & 1 == 1) revert NonceVoided(maker, offer.nonce);
        _requireSigned(maker, TypedHash.ofOffer(offer, termsHash), signature);
    }

    /// @dev Emits Opened, or OpenedInPart where `paidInPart` is not 0. By hand, because the terms stand in calldata as both
    /// events want them, and the compiler would take them apart and put them together again. Memory-safe: it writes only
    /// beyond the free memory pointer. `_checkTerms` has read every member, so none is wider than its type.
    function _emitOpened(
        bytes32 id,
        Terms calldata terms,
        uint64 salt,
        address seller,
        address buyer,
        uint256 deadline,
        uint256 paidInPart
    ) private {
        bytes32 topic = paidInPart == 0 ? Opened.selector : OpenedInPart.selector;
        assembly ("memory-safe") {
            let data := mload(0x40)
            calldatacopy(data, terms, 0x100)
            mstore(add(data, 0x100), salt)
            mstore(add(data, 0x120), deadline)
            mstore(add(data, 0x140), paidInPart)
            log4(data, add(0x140, shl(5, iszero(iszero(paidInPart)))), topic, id, seller, buyer)
        }
    }
}
