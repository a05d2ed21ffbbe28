// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../interfaces/IEscrow.sol";
import {DealState} from "../types/DealState.sol";
import {DealWord, PARTLY} from "../types/DealWord.sol";
import {Terms} from "../types/Terms.sol";
import {Opening} from "./Opening.sol";

/// @notice A deal that goes its way: goods move, deadlines are extended, money moves by agreement or by deadline.
/// @dev Each action has an internal half that takes who acts as `actor`: the sender, or the signer of an `Act`.
abstract contract Progress is Opening {
    /* GOODS */

    /// @inheritdoc IEscrow
    function ship(Terms calldata terms, bytes32 trackingHash) external {
        (bytes32 id, DealWord deal) = _load(terms);
        _ship(id, terms, deal, msg.sender, trackingHash);
    }

    /// @inheritdoc IEscrow
    function deliver(Terms calldata terms) external {
        (bytes32 id, DealWord deal) = _load(terms);
        _deliver(id, terms, deal, msg.sender);
    }

    /// @inheritdoc IEscrow
    function extend(Terms calldata terms, uint40 newDeadline) external {
        (bytes32 id, DealWord deal) = _load(terms);
        _extend(id, terms, deal, msg.sender, newDeadline);
    }

    function _ship(bytes32 id, Terms calldata terms, DealWord deal, address actor, bytes32 trackingHash) internal {
        _requireState(id, deal, FUNDED);
        _requireActor(actor, _seller(terms, deal));
        _requireOnTime(deal);
        uint256 deadline = _advance(id, deal, DealState.Shipped, terms.rules.deliverySeconds());
        emit Shipped(id, trackingHash, uint40(deadline));
    }

    function _deliver(bytes32 id, Terms calldata terms, DealWord deal, address actor) internal {
        _requireState(id, deal, SHIPPED);
        if (!_isBuyer(terms, deal, actor)) _requireLate(deal);
        uint256 deadline = _advance(id, deal, DealState.Delivered, terms.rules.inspectionSeconds());
        emit Delivered(id, actor, uint40(deadline));
    }

    function _extend(bytes32 id, Terms calldata terms, DealWord deal, address actor, uint256 newDeadline) internal {
        _requireState(id, deal, UNDERWAY);
        DealState state = deal.state();
        _requireActor(actor, state == DealState.Funded ? _buyer(terms, deal) : _seller(terms, deal));
        uint256 deadline = deal.deadline();
        uint256 least = 1 + (deadline > block.timestamp ? deadline : block.timestamp);
        uint256 most = block.timestamp + MAX_WINDOW;
        if (newDeadline < least || newDeadline > most) revert DeadlineOutOfRange(newDeadline, least, most);
        _deals[id] = deal.advanced(state, newDeadline);
        emit Extended(id, uint40(newDeadline));
    }

    /* MONEY BY AGREEMENT */

    /// @inheritdoc IEscrow
    function release(Terms calldata terms) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _release(id, terms, deal, msg.sender);
    }

    /// @inheritdoc IEscrow
    function releasePart(Terms calldata terms, uint128 amount) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _releasePart(id, terms, deal, msg.sender, amount);
    }

    /// @inheritdoc IEscrow
    function refund(Terms calldata terms) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _refund(id, terms, deal, msg.sender);
    }

    /// @inheritdoc IEscrow
    function refundPart(Terms calldata terms, uint128 amount) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _refundPart(id, terms, deal, msg.sender, amount);
    }

    function _release(bytes32 id, Terms calldata terms, DealWord deal, address actor) internal {
        _requireState(id, deal, UNDERWAY);
        _requireActor(actor, _buyer(terms, deal));
        _pay(terms.token, _seller(terms, deal), _complete(id, terms, deal));
    }

    /// @dev Ends a deal as released.
    /// @return net What the seller is to be paid.
    function _complete(bytes32 id, Terms calldata terms, DealWord deal) internal returns (uint256 net) {
        (uint256 amount, uint256 fee) = _endForSeller(id, terms, deal);
        emit Released(id, amount, fee);
        return amount - fee;
    }

    function _releasePart(bytes32 id, Terms calldata terms, DealWord deal, address actor, uint256 amount) internal {
        _requireState(id, deal, UNDERWAY);
        _requireActor(actor, _buyer(terms, deal));
        (uint256 released, uint256 remaining) = _ledger(id, terms, deal);
        _requirePart(amount, remaining);
        (uint256 fee,) = _fees(terms, released, amount);
        _moved[id].released = uint128(released + amount);
        _markPartly(id, deal);
        emit PartReleased(id, amount, fee);
        _pay(terms.token, _seller(terms, deal), amount - fee);
    }

    function _refund(bytes32 id, Terms calldata terms, DealWord deal, address actor) internal {
        _requireState(id, deal, UNDERWAY);
        _requireActor(actor, _seller(terms, deal));
        uint256 amount = _endForBuyer(id, terms, deal);
        emit Refunded(id, amount);
        _pay(terms.token, _buyer(terms, deal), amount);
    }

    function _refundPart(bytes32 id, Terms calldata terms, DealWord deal, address actor, uint256 amount) internal {
        _requireState(id, deal, UNDERWAY);
        _requireActor(actor, _seller(terms, deal));
        (, uint256 remaining) = _ledger(id, terms, deal);
        _requirePart(amount, remaining);
        _moved[id].refunded += uint128(amount);
        _markPartly(id, deal);
        emit PartRefunded(id, amount);
        _pay(terms.token, _buyer(terms, deal), amount);
    }

    /* MONEY BY DEADLINE */

    /// @inheritdoc IEscrow
    function cancelFunding(Terms calldata terms) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _cancelFunding(id, terms, deal, msg.sender, 0);
    }

    /// @inheritdoc IEscrow
    function reclaim(Terms calldata terms) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _reclaim(id, terms, deal, msg.sender, 0);
    }

    /// @inheritdoc IEscrow
    function claim(Terms calldata terms) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _claim(id, terms, deal, 0);
    }

    function _cancelFunding(bytes32 id, Terms calldata terms, DealWord deal, address actor, uint256 tip) internal {
        _requireState(id, deal, PARTLY_FUNDED);
        bool byBuyer = _isBuyer(terms, deal, actor);
        _requireLate(deal);
        if (!byBuyer) _requireTip(tip, 0);
        uint256 amount = _paid[id];
        _paid[id] = 0;
        _deals[id] = deal.ended(DealState.Refunded);
        emit FundingCancelled(id, actor, amount);
        _pay(terms.token, _buyer(terms, deal), _lessTip(id, terms, amount, tip));
    }

    function _reclaim(bytes32 id, Terms calldata terms, DealWord deal, address actor, uint256 tip) internal {
        _requireState(id, deal, FUNDED);
        _requireActor(actor, _buyer(terms, deal));
        _requireLate(deal);
        uint256 amount = _endForBuyer(id, terms, deal);
        emit Reclaimed(id, amount);
        _pay(terms.token, actor, _lessTip(id, terms, amount, tip));
    }

    /// @dev Anyone may. A tip is the seller's to give, which the caller has checked.
    function _claim(bytes32 id, Terms calldata terms, DealWord deal, uint256 tip) internal {
        _requireState(id, deal, DELIVERED);
        _requireLate(deal);
        (uint256 amount, uint256 fee) = _endForSeller(id, terms, deal);
        emit Claimed(id, amount, fee);
        _pay(terms.token, _seller(terms, deal), _lessTip(id, terms, amount - fee, tip));
    }

    function _requirePart(uint256 amount, uint256 remaining) private pure {
        if (amount == 0 || amount >= remaining) _refuseAmount(amount, remaining - 1);
    }

    function _markPartly(bytes32 id, DealWord deal) private {
        if (!deal.has(PARTLY)) _deals[id] = deal.marked(PARTLY);
    }
}
