// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEscrow} from "../interfaces/IEscrow.sol";
import {Split} from "../libraries/Split.sol";
import {TypedHash} from "../libraries/TypedHash.sol";
import {DealState} from "../types/DealState.sol";
import {DealWord, RULED} from "../types/DealWord.sol";
import {Terms} from "../types/Terms.sol";
import {Progress} from "./Progress.sol";

/// @notice What happens when the parties do not agree, or agree on a split: dispute, ruling, silent arbiter, settlement.
abstract contract Disputes is Progress {
    /// @inheritdoc IEscrow
    function dispute(Terms calldata terms, bytes32 statementHash) external {
        (bytes32 id, DealWord deal) = _load(terms);
        _dispute(id, terms, deal, msg.sender, statementHash);
    }

    /// @inheritdoc IEscrow
    function rule(Terms calldata terms, uint16 buyerBps, bytes32 reasonHash, bytes calldata signature)
        external
        nonReentrant
    {
        (bytes32 id, DealWord deal) = _load(terms);
        _requireState(id, deal, DISPUTED);
        if (signature.length == 0) _requireActor(msg.sender, terms.arbiter);
        _requireOnTime(deal);
        _rule(id, terms, deal, buyerBps, reasonHash, signature);
    }

    /// @inheritdoc IEscrow
    function awardByDefault(Terms calldata terms) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _awardByDefault(id, terms, deal, msg.sender, 0);
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
        (bytes32 id, DealWord deal) = _load(terms);
        _requireState(id, deal, UNDERWAY | PARTLY_FUNDED | DISPUTED);
        _requireUnexpired(expiry);
        _requireLeft(id, terms, deal, remaining);
        if (toBuyer > remaining) _refuseAmount(toBuyer, remaining);
        bytes32 structHash = TypedHash.ofSettlement(id, toBuyer, remaining, expiry);
        _requireConsent(_buyer(terms, deal), structHash, buyerSignature);
        _requireConsent(_seller(terms, deal), structHash, sellerSignature);
        _settle(id, terms, deal, toBuyer, remaining - toBuyer);
    }

    /// @inheritdoc IEscrow
    function disputeAndRule(
        Terms calldata terms,
        bytes32 statementHash,
        uint16 buyerBps,
        bytes32 reasonHash,
        bytes calldata rulingSignature
    ) external nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        deal = _disputed(id, terms, deal, msg.sender, statementHash);
        _rule(id, terms, deal, buyerBps, reasonHash, rulingSignature);
    }

    /// @dev Of a deal in instalments what was paid is left, of any other what has not moved.
    function _requireLeft(bytes32 id, Terms calldata terms, DealWord deal, uint256 signed) private view {
        (, uint256 left) = _ledger(id, terms, deal);
        if (deal.isIn(PARTLY_FUNDED)) left = _paid[id];
        if (signed != left) revert RemainingChanged(signed, left);
    }

    function _settle(bytes32 id, Terms calldata terms, DealWord deal, uint256 toBuyer, uint256 toSeller) private {
        if (deal.isIn(PARTLY_FUNDED)) _paid[id] = 0;
        (uint256 released, uint256 unmoved) = _ledger(id, terms, deal);
        // Of what the price leaves, whether it was paid or not: that is what `collectFees` can tell later.
        uint256 units = Split.quantized(toSeller, unmoved);
        (uint256 fee, uint256 fees) = _fees(terms, released, Split.unquantized(units, unmoved));
        _end(id, deal.endedBySplit(DealState.Settled, units), fees);
        emit Settled(id, toBuyer, toSeller - fee, fee);
        _pay(terms.token, _buyer(terms, deal), toBuyer);
        _pay(terms.token, _seller(terms, deal), toSeller - fee);
    }

    function _dispute(bytes32 id, Terms calldata terms, DealWord deal, address actor, bytes32 statementHash) internal {
        _deals[id] = _disputed(id, terms, deal, actor, statementHash);
    }

    /// @dev The disputed deal, not yet stored.
    function _disputed(bytes32 id, Terms calldata terms, DealWord deal, address actor, bytes32 statementHash)
        private
        returns (DealWord)
    {
        _requireState(id, deal, UNDERWAY);
        bool byBuyer = _isBuyer(terms, deal, actor);
        // Whoever let a deadline pass cannot dodge what follows from it by calling the arbiter.
        if (deal.isIn(byBuyer ? DELIVERED : FUNDED)) _requireOnTime(deal);
        uint256 until = block.timestamp + terms.rules.rulingSeconds();
        emit Disputed(id, actor, statementHash, uint40(until));
        return deal.advanced(DealState.Disputed, until);
    }

    function _rule(
        bytes32 id,
        Terms calldata terms,
        DealWord deal,
        uint16 buyerBps,
        bytes32 reasonHash,
        bytes calldata signature
    ) internal {
        if (buyerBps > Split.BPS) _refuseAmount(buyerBps, Split.BPS);
        _requireConsent(terms.arbiter, TypedHash.ofRuling(id, buyerBps, reasonHash), signature);
        DealWord over = deal.endedBySplit(DealState.Resolved, buyerBps).marked(RULED);
        (uint256 arbiterFee, uint256 toBuyer, uint256 toSeller, uint256 fee) = _resolve(id, terms, over);
        emit Ruled(id, buyerBps, reasonHash, toBuyer, toSeller, fee, arbiterFee);
        _pay(terms.token, _buyer(terms, deal), toBuyer);
        _pay(terms.token, _seller(terms, deal), toSeller);
    }

    function _awardByDefault(bytes32 id, Terms calldata terms, DealWord deal, address actor, uint256 tip) internal {
        _requireState(id, deal, DISPUTED);
        bool byBuyer = _isBuyer(terms, deal, actor);
        _requireLate(deal);
        DealWord over = deal.endedBySplit(DealState.Resolved, terms.rules.silentAwardBps());
        (, uint256 toBuyer, uint256 toSeller, uint256 fee) = _resolve(id, terms, over);
        emit AwardedByDefault(id, toBuyer, toSeller, fee);
        if (byBuyer) toBuyer = _lessTip(id, terms, toBuyer, tip);
        else toSeller = _lessTip(id, terms, toSeller, tip);
        _pay(terms.token, _buyer(terms, deal), toBuyer);
        _pay(terms.token, _seller(terms, deal), toSeller);
    }

    /// @dev Writes the resolved deal and says who gets what. `toSeller` is net; both fees wait to be collected.
    function _resolve(bytes32 id, Terms calldata terms, DealWord over)
        private
        returns (uint256 arbiterFee, uint256 toBuyer, uint256 toSeller, uint256 fee)
    {
        uint256 fees;
        (uint256 released, uint256 remaining) = _ledger(id, terms, over);
        (arbiterFee, toBuyer, toSeller) = _award(terms, over, remaining);
        (fee, fees) = _fees(terms, released, toSeller);
        _end(id, over, arbiterFee + fees);
        toSeller -= fee;
    }
}
