// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {Signatures} from "./libraries/Signatures.sol";
import {Split} from "./libraries/Split.sol";
import {Transfers} from "./libraries/Transfers.sol";
import {DealState, DealStates, only} from "./types/DealState.sol";
import {Offer, Terms, TypedHash} from "./types/Terms.sol";

/// @title Fairhold Escrow
/// @notice See IEscrow for what it does, promises and assumes.
contract Escrow is IEscrow, EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev No window, and no extension, is longer than this, so that no deal waits for ever.
    uint256 private constant MAX_WINDOW = 365 days;
    uint256 private constant MAX_PRICE = type(uint128).max;

    mapping(bytes32 id => Deal) private _deals;
    mapping(bytes32 id => Moved) private _moved;
    mapping(address token => mapping(address account => uint256)) private _credits;
    mapping(address maker => uint256) private _counters;

    constructor() EIP712("Fairhold Escrow", "1") {}

    /* OPENING */

    /// @inheritdoc IEscrow
    function open(Offer calldata offer, uint32 unit, bytes calldata signature)
        external
        payable
        nonReentrant
        returns (bytes32 id)
    {
        id = _take(offer, unit, signature);
        _collect(offer.terms.token, offer.terms.price);
    }

    /// @inheritdoc IEscrow
    function openWithPermit(
        Offer calldata offer,
        uint32 unit,
        bytes calldata signature,
        uint256 permitDeadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant returns (bytes32 id) {
        id = _take(offer, unit, signature);
        address token = offer.terms.token;
        _requireCode(token);
        // A permit seen in the mempool can be used up by anyone; the allowance is then there all the same.
        try IERC20Permit(token).permit(msg.sender, address(this), offer.terms.price, permitDeadline, v, r, s) {} catch {}
        _collect(token, offer.terms.price);
    }

    /* THE DEAL GOES ITS WAY */

    /// @inheritdoc IEscrow
    function ship(Terms calldata terms, bytes32 trackingHash) external {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, only(DealState.Funded));
        _requireCaller(_seller(terms, deal));
        _requireOnTime(deal);
        uint40 deadline = _advance(id, DealState.Shipped, terms.deliverySeconds);
        emit Shipped(id, trackingHash, deadline);
    }

    /// @inheritdoc IEscrow
    function deliver(Terms calldata terms) external {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, only(DealState.Shipped));
        if (!_isBuyer(terms, deal)) _requireLate(deal);
        uint40 deadline = _advance(id, DealState.Delivered, terms.inspectionSeconds);
        emit Delivered(id, msg.sender, deadline);
    }

    /// @inheritdoc IEscrow
    function extend(Terms calldata terms, uint40 newDeadline) external {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, _underway());
        _requireCaller(deal.state == DealState.Funded ? _buyer(terms, deal) : _seller(terms, deal));
        uint256 least = 1 + (deal.deadline > block.timestamp ? deal.deadline : block.timestamp);
        uint256 most = block.timestamp + MAX_WINDOW;
        if (newDeadline < least || newDeadline > most) revert DeadlineOutOfRange(newDeadline, least, most);
        _deals[id].deadline = newDeadline;
        emit Extended(id, newDeadline);
    }

    /* MONEY BY AGREEMENT */

    /// @inheritdoc IEscrow
    function release(Terms calldata terms) external nonReentrant {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, _underway());
        _requireCaller(_buyer(terms, deal));
        (uint256 amount, uint256 fee) = _endForSeller(id, terms, deal);
        emit Released(id, amount, fee);
        _pay(terms.token, _seller(terms, deal), amount - fee);
    }

    /// @inheritdoc IEscrow
    function releasePart(Terms calldata terms, uint128 amount) external nonReentrant {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, _underway());
        _requireCaller(_buyer(terms, deal));
        (Moved memory moved, uint256 remaining) = _ledger(id, terms, deal);
        _requirePart(amount, remaining);
        uint256 fee = Split.feeOnRelease(moved.released, amount, terms.operatorFeeBps);
        moved.released += amount;
        _book(id, moved);
        _credit(terms.token, terms.operator, fee);
        emit PartReleased(id, amount, fee);
        _pay(terms.token, _seller(terms, deal), amount - fee);
    }

    /// @inheritdoc IEscrow
    function refund(Terms calldata terms) external nonReentrant {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, _underway());
        _requireCaller(_seller(terms, deal));
        (, uint256 amount) = _ledger(id, terms, deal);
        _deals[id].state = DealState.Refunded;
        emit Refunded(id, amount);
        _pay(terms.token, _buyer(terms, deal), amount);
    }

    /// @inheritdoc IEscrow
    function refundPart(Terms calldata terms, uint128 amount) external nonReentrant {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, _underway());
        _requireCaller(_seller(terms, deal));
        (Moved memory moved, uint256 remaining) = _ledger(id, terms, deal);
        _requirePart(amount, remaining);
        moved.refunded += amount;
        _book(id, moved);
        emit PartRefunded(id, amount);
        _pay(terms.token, _buyer(terms, deal), amount);
    }

    /// @inheritdoc IEscrow
    function settle(
        Terms calldata terms,
        uint128 toBuyer,
        uint128 remaining,
        uint40 expiry,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature
    ) external nonReentrant {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, _underway() | only(DealState.Disputed));
        if (block.timestamp > expiry) revert SettlementExpired(expiry, block.timestamp);
        _requireRemaining(id, terms, deal, remaining);
        if (toBuyer > remaining) revert AmountOutOfRange(toBuyer, remaining);
        {
            bytes32 digest = _hashTypedDataV4(TypedHash.ofSettlement(id, toBuyer, remaining, expiry));
            _requireConsent(_buyer(terms, deal), digest, buyerSignature);
            _requireConsent(_seller(terms, deal), digest, sellerSignature);
        }
        _deals[id].state = DealState.Settled;
        uint256 fee = _feeOf(id, terms, deal, remaining - toBuyer);
        emit Settled(id, toBuyer, remaining - toBuyer - fee, fee);
        _payBoth(terms, deal, toBuyer, remaining - toBuyer - fee);
    }

    /* MONEY BY DEADLINE */

    /// @inheritdoc IEscrow
    function reclaim(Terms calldata terms) external nonReentrant {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, only(DealState.Funded));
        address buyer = _buyer(terms, deal);
        _requireCaller(buyer);
        _requireLate(deal);
        (, uint256 amount) = _ledger(id, terms, deal);
        _deals[id].state = DealState.Refunded;
        emit Reclaimed(id, amount);
        _pay(terms.token, buyer, amount);
    }

    /// @inheritdoc IEscrow
    function claim(Terms calldata terms) external nonReentrant {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, only(DealState.Delivered));
        _requireLate(deal);
        (uint256 amount, uint256 fee) = _endForSeller(id, terms, deal);
        emit Claimed(id, amount, fee);
        _pay(terms.token, _seller(terms, deal), amount - fee);
    }

    /* DISPUTE */

    /// @inheritdoc IEscrow
    function dispute(Terms calldata terms, bytes32 statementHash) external {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, _underway());
        bool byBuyer = _isBuyer(terms, deal);
        // Whoever let a deadline pass cannot dodge what follows from it by calling the arbiter.
        if (deal.state == DealState.Funded && !byBuyer) _requireOnTime(deal);
        if (deal.state == DealState.Delivered && byBuyer) _requireOnTime(deal);
        uint40 deadline = _advance(id, DealState.Disputed, terms.rulingSeconds);
        emit Disputed(id, msg.sender, statementHash, deadline);
    }

    /// @inheritdoc IEscrow
    function rule(Terms calldata terms, uint16 buyerBps, bytes32 reasonHash, bytes calldata signature)
        external
        nonReentrant
    {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, only(DealState.Disputed));
        if (signature.length == 0) _requireCaller(terms.arbiter);
        _requireOnTime(deal);
        if (buyerBps > Split.BPS) revert AmountOutOfRange(buyerBps, Split.BPS);
        _requireConsent(terms.arbiter, _hashTypedDataV4(TypedHash.ofRuling(id, buyerBps, reasonHash)), signature);
        _deals[id].state = DealState.Resolved;
        (, uint256 remaining) = _ledger(id, terms, deal);
        (uint256 arbiterFee, uint256 toBuyer, uint256 sellerGross) =
            Split.byRuling(remaining, terms.arbiterFeeBps, buyerBps);
        uint256 fee = _feeOf(id, terms, deal, sellerGross);
        emit Ruled(id, buyerBps, reasonHash, toBuyer, sellerGross - fee, fee, arbiterFee);
        _payBoth(terms, deal, toBuyer, sellerGross - fee);
        _pay(terms.token, terms.arbiter, arbiterFee);
    }

    /// @inheritdoc IEscrow
    function awardByDefault(Terms calldata terms) external nonReentrant {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, only(DealState.Disputed));
        _isBuyer(terms, deal); // Check: the caller is one of the two parties.
        _requireLate(deal);
        _deals[id].state = DealState.Resolved;
        (, uint256 remaining) = _ledger(id, terms, deal);
        (, uint256 toBuyer, uint256 sellerGross) = Split.byRuling(remaining, 0, terms.silentAwardBps);
        uint256 fee = _feeOf(id, terms, deal, sellerGross);
        emit AwardedByDefault(id, toBuyer, sellerGross - fee, fee);
        _payBoth(terms, deal, toBuyer, sellerGross - fee);
    }

    /* VOIDING OFFERS, TAKING CREDITS */

    /// @inheritdoc IEscrow
    function cancelOffer(Terms calldata terms) external {
        (bytes32 id, Deal memory deal) = _load(terms);
        _requireState(id, deal, only(DealState.None));
        if (msg.sender != terms.seller && msg.sender != terms.buyer) revert WrongCaller(msg.sender, address(0));
        _deals[id].state = DealState.Cancelled;
        emit OfferVoided(id, msg.sender);
    }

    /// @inheritdoc IEscrow
    function cancelAllOffers() external {
        emit AllOffersVoided(msg.sender, ++_counters[msg.sender]);
    }

    /// @inheritdoc IEscrow
    function withdraw(address token, address to) external nonReentrant {
        uint256 amount = _credits[token][msg.sender];
        if (amount == 0) revert NothingToWithdraw(token, msg.sender);
        _credits[token][msg.sender] = 0;
        emit Withdrawn(token, msg.sender, to, amount);
        if (!Transfers.trySendFreely(token, to, amount)) revert WithdrawFailed(token, to, amount);
    }

    /* VIEWS */

    /// @inheritdoc IEscrow
    function dealId(Terms calldata terms) external view returns (bytes32) {
        return _dealId(TypedHash.ofTerms(terms));
    }

    /// @inheritdoc IEscrow
    function dealOf(bytes32 id) external view returns (Deal memory) {
        return _deals[id];
    }

    /// @inheritdoc IEscrow
    function partiesOf(Terms calldata terms) external view returns (address seller, address buyer) {
        (, Deal memory deal) = _load(terms);
        return (_seller(terms, deal), _buyer(terms, deal));
    }

    /// @inheritdoc IEscrow
    function remainingOf(Terms calldata terms) external view returns (uint256 remaining) {
        (bytes32 id, Deal memory deal) = _load(terms);
        if (!(_underway() | only(DealState.Disputed)).contains(deal.state)) return 0;
        (, remaining) = _ledger(id, terms, deal);
    }

    /// @inheritdoc IEscrow
    function creditOf(address token, address account) external view returns (uint256) {
        return _credits[token][account];
    }

    /// @inheritdoc IEscrow
    function counterOf(address maker) external view returns (uint256) {
        return _counters[maker];
    }

    /* INTERNAL: OPENING */

    function _take(Offer calldata offer, uint32 unit, bytes calldata signature) private returns (bytes32 id) {
        _checkTerms(offer.terms);
        bytes32 termsHash = TypedHash.ofTerms(offer.terms);
        Terms memory terms = offer.terms;
        terms.salt += unit;
        id = _dealId(unit == 0 ? termsHash : TypedHash.ofTermsInMemory(terms));
        Deal memory deal = _deals[id];
        _requireState(id, deal, only(DealState.None));
        if (terms.buyer != address(0)) _requireCaller(terms.buyer);
        _checkOffer(offer, unit, termsHash, signature);
        deal = Deal(msg.sender, _deadlineIn(terms.shipSeconds), DealState.Funded, false);
        _deals[id] = deal;
        emit Opened(id, terms.seller, msg.sender, terms, deal.deadline);
    }

    function _checkOffer(Offer calldata offer, uint32 unit, bytes32 termsHash, bytes calldata signature) private view {
        address maker = offer.terms.seller;
        if (block.timestamp > offer.expiry) revert OfferExpired(offer.expiry, block.timestamp);
        if (offer.counter != _counters[maker]) revert OfferCancelled(offer.counter, _counters[maker]);
        if (unit >= offer.quantity) revert UnitOutOfRange(unit, offer.quantity);
        _requireSigned(maker, _hashTypedDataV4(TypedHash.ofOffer(offer, termsHash)), signature);
    }

    function _checkTerms(Terms calldata terms) private view {
        if (terms.seller == address(0)) revert NoSeller();
        if (terms.seller == msg.sender) revert SameParty(msg.sender);
        if (terms.arbiter == address(0)) revert NoArbiter();
        if (terms.arbiter == terms.seller || terms.arbiter == msg.sender) revert ArbiterIsParty(terms.arbiter);
        if (terms.operator == address(0) && terms.operatorFeeBps != 0) revert NoOperator(terms.operatorFeeBps);
        _checkMax(terms.operatorFeeBps);
        _checkMax(terms.arbiterFeeBps);
        _checkMax(terms.silentAwardBps);
        _checkWindow(terms.shipSeconds);
        _checkWindow(terms.deliverySeconds);
        _checkWindow(terms.inspectionSeconds);
        _checkWindow(terms.rulingSeconds);
        if (terms.price == 0 || terms.price > MAX_PRICE) revert PriceOutOfRange(terms.price, MAX_PRICE);
    }

    function _checkMax(uint256 bps) private pure {
        if (bps > Split.BPS) revert FeeTooHigh(bps, Split.BPS);
    }

    function _checkWindow(uint256 window) private pure {
        if (window == 0 || window > MAX_WINDOW) revert WindowOutOfRange(window, MAX_WINDOW);
    }

    function _collect(address token, uint256 price) private {
        uint256 due = token == address(0) ? price : 0;
        if (msg.value != due) revert WrongValue(msg.value, due);
        if (token == address(0)) return;
        _requireCode(token);
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), price);
        // A hostile token may report less than before; that counts as nothing received.
        uint256 balance = IERC20(token).balanceOf(address(this));
        uint256 received = balance > before ? balance - before : 0;
        if (received != price) revert UnexpectedTransfer(price, received);
    }

    /* INTERNAL: WHO, WHEN, WHERE IT STANDS */

    function _load(Terms calldata terms) private view returns (bytes32 id, Deal memory deal) {
        id = _dealId(TypedHash.ofTerms(terms));
        deal = _deals[id];
    }

    function _dealId(bytes32 termsHash) private view returns (bytes32) {
        return _hashTypedDataV4(termsHash);
    }

    function _underway() private pure returns (DealStates) {
        return only(DealState.Funded) | only(DealState.Shipped) | only(DealState.Delivered);
    }

    function _seller(Terms calldata terms, Deal memory deal) private pure returns (address) {
        return terms.seller == address(0) ? deal.taker : terms.seller;
    }

    function _buyer(Terms calldata terms, Deal memory deal) private pure returns (address) {
        return terms.buyer == address(0) ? deal.taker : terms.buyer;
    }

    /// @dev True for the buyer, false for the seller; anybody else is refused.
    function _isBuyer(Terms calldata terms, Deal memory deal) private view returns (bool) {
        if (msg.sender == _buyer(terms, deal)) return true;
        if (msg.sender != _seller(terms, deal)) revert WrongCaller(msg.sender, address(0));
        return false;
    }

    function _requireState(bytes32 id, Deal memory deal, DealStates allowed) private pure {
        if (!allowed.contains(deal.state)) revert UnexpectedState(id, deal.state, allowed);
    }

    function _requireCaller(address expected) private view {
        if (msg.sender != expected) revert WrongCaller(msg.sender, expected);
    }

    function _requireOnTime(Deal memory deal) private view {
        if (block.timestamp > deal.deadline) revert TooLate(block.timestamp, deal.deadline);
    }

    function _requireLate(Deal memory deal) private view {
        if (block.timestamp <= deal.deadline) revert TooEarly(block.timestamp, uint256(deal.deadline) + 1);
    }

    function _requireCode(address token) private view {
        if (token.code.length == 0) revert NoCode(token);
    }

    function _requireSigned(address signer, bytes32 digest, bytes calldata signature) private view {
        if (!Signatures.isValid(signer, digest, signature)) revert WrongSignature(signer);
    }

    /// @dev Whoever sends the transaction consents by sending it.
    function _requireConsent(address account, bytes32 digest, bytes calldata signature) private view {
        if (msg.sender == account && signature.length == 0) return;
        _requireSigned(account, digest, signature);
    }

    function _requireRemaining(bytes32 id, Terms calldata terms, Deal memory deal, uint256 signed) private view {
        (, uint256 current) = _ledger(id, terms, deal);
        if (signed != current) revert RemainingChanged(signed, current);
    }

    function _requirePart(uint256 amount, uint256 remaining) private pure {
        if (amount == 0 || amount >= remaining) revert AmountOutOfRange(amount, remaining - 1);
    }

    function _deadlineIn(uint256 window) private view returns (uint40) {
        // Safe: windows are at most a year, and uint40 lasts for 34,000.
        return uint40(block.timestamp + window);
    }

    function _advance(bytes32 id, DealState state, uint256 window) private returns (uint40 deadline) {
        deadline = _deadlineIn(window);
        Deal storage deal = _deals[id];
        deal.state = state;
        deal.deadline = deadline;
    }

    /* INTERNAL: MONEY */

    function _ledger(bytes32 id, Terms calldata terms, Deal memory deal)
        private
        view
        returns (Moved memory moved, uint256 remaining)
    {
        if (deal.partly) moved = _moved[id];
        remaining = terms.price - moved.released - moved.refunded;
    }

    function _book(bytes32 id, Moved memory moved) private {
        _moved[id] = moved;
        _deals[id].partly = true;
    }

    /// @dev Credits the operator's fee on what goes to the seller, and says how much it is.
    function _feeOf(bytes32 id, Terms calldata terms, Deal memory deal, uint256 sellerGross)
        private
        returns (uint256 fee)
    {
        (Moved memory moved,) = _ledger(id, terms, deal);
        fee = Split.feeOnRelease(moved.released, sellerGross, terms.operatorFeeBps);
        _credit(terms.token, terms.operator, fee);
    }

    function _endForSeller(bytes32 id, Terms calldata terms, Deal memory deal)
        private
        returns (uint256 amount, uint256 fee)
    {
        (, amount) = _ledger(id, terms, deal);
        _deals[id].state = DealState.Completed;
        fee = _feeOf(id, terms, deal, amount);
    }

    function _payBoth(Terms calldata terms, Deal memory deal, uint256 toBuyer, uint256 toSeller) private {
        _pay(terms.token, _buyer(terms, deal), toBuyer);
        _pay(terms.token, _seller(terms, deal), toSeller);
    }

    /// @dev A recipient that cannot take the money must not hold up the other: then it is credited.
    function _pay(address token, address to, uint256 amount) private {
        if (amount != 0 && !Transfers.trySend(token, to, amount)) _credit(token, to, amount);
    }

    function _credit(address token, address account, uint256 amount) private {
        if (amount == 0) return;
        _credits[token][account] += amount;
        emit Credited(token, account, amount);
    }
}
