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
    /// @dev What a call that ends a deal by a split works on, in memory to keep the stack short.
    struct Ending {
        bytes32 id;
        address seller;
        address buyer;
        uint256 released;
        uint256 remaining;
    }

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
        Ending memory ending = _ending(id, terms, deal);
        if (deal.isIn(PARTLY_FUNDED)) {
            ending.remaining = _paid[id];
            _paid[id] = 0;
        }
        if (remaining != ending.remaining) revert RemainingChanged(remaining, ending.remaining);
        if (toBuyer > remaining) _refuseAmount(toBuyer, remaining);
        bytes32 structHash = TypedHash.ofSettlement(id, toBuyer, remaining, expiry);
        _requireConsent(ending.buyer, structHash, buyerSignature);
        _requireConsent(ending.seller, structHash, sellerSignature);
        _deals[id] = deal.ended(DealState.Settled);
        uint256 toSeller = remaining - toBuyer;
        (uint256 fee, uint256 fees) = _fees(terms, ending.released, toSeller);
        // A settled deal does not remember its split, so its fees cannot wait to be collected.
        _credit(terms.token, terms.operator, fees);
        toSeller -= fee;
        emit Settled(id, toBuyer, toSeller, fee);
        _payBoth(terms.token, ending, toBuyer, toSeller);
    }

    /// @return until The last second for a ruling.
    function _dispute(bytes32 id, Terms calldata terms, DealWord deal, address actor, bytes32 statementHash)
        internal
        returns (uint256 until)
    {
        _requireState(id, deal, UNDERWAY);
        bool byBuyer = _isBuyer(terms, deal, actor);
        // Whoever let a deadline pass cannot dodge what follows from it by calling the arbiter.
        if (deal.state() == (byBuyer ? DealState.Delivered : DealState.Funded)) _requireOnTime(deal);
        until = _advance(id, deal, DealState.Disputed, terms.rules.rulingSeconds());
        emit Disputed(id, actor, statementHash, uint40(until));
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
        Ending memory ending = _ending(id, terms, deal);
        (uint256 arbiterFee, uint256 toBuyer, uint256 toSeller, uint256 fee) =
            _resolve(terms, deal.awarded(buyerBps).marked(RULED), ending);
        emit Ruled(id, buyerBps, reasonHash, toBuyer, toSeller, fee, arbiterFee);
        _payBoth(terms.token, ending, toBuyer, toSeller);
    }

    function _awardByDefault(bytes32 id, Terms calldata terms, DealWord deal, address actor, uint256 tip) internal {
        _requireState(id, deal, DISPUTED);
        bool byBuyer = _isBuyer(terms, deal, actor);
        _requireLate(deal);
        Ending memory ending = _ending(id, terms, deal);
        (, uint256 toBuyer, uint256 toSeller, uint256 fee) =
            _resolve(terms, deal.awarded(terms.rules.silentAwardBps()), ending);
        emit AwardedByDefault(id, toBuyer, toSeller, fee);
        if (byBuyer) toBuyer = _lessTip(id, terms, toBuyer, tip);
        else toSeller = _lessTip(id, terms, toSeller, tip);
        _payBoth(terms.token, ending, toBuyer, toSeller);
    }

    /// @dev Writes the resolved deal `over` and says who gets what. `toSeller` is net; both fees wait to be collected.
    function _resolve(Terms calldata terms, DealWord over, Ending memory ending)
        private
        returns (uint256 arbiterFee, uint256 toBuyer, uint256 toSeller, uint256 fee)
    {
        (arbiterFee, toBuyer, toSeller) = _award(terms, over.has(RULED), ending.remaining, over.buyerBps());
        uint256 fees;
        (fee, fees) = _fees(terms, ending.released, toSeller);
        _end(ending.id, over, arbiterFee + fees);
        toSeller -= fee;
    }

    function _payBoth(address token, Ending memory ending, uint256 toBuyer, uint256 toSeller) private {
        _pay(token, ending.buyer, toBuyer);
        _pay(token, ending.seller, toSeller);
    }

    function _ending(bytes32 id, Terms calldata terms, DealWord deal) private view returns (Ending memory ending) {
        (uint256 released, uint256 remaining) = _ledger(id, terms, deal);
        ending = Ending(id, _seller(terms, deal), _buyer(terms, deal), released, remaining);
    }
}
