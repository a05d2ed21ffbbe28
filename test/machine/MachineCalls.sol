// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Rules} from "../../contracts/types/Rules.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Base} from "../support/Base.sol";
import {Digests} from "../support/Digests.sol";
import {RulesBuilder} from "../support/RulesBuilder.sol";

/// @notice The steps of the machine, in the golden file's order.
enum Step {
    Open,
    OpenInPart,
    Fund,
    FundPart,
    CancelFunding,
    CancelOffer,
    Ship,
    Deliver,
    Release,
    ReleasePart,
    Refund,
    RefundPart,
    Reclaim,
    Claim,
    Extend,
    Dispute,
    Settle,
    Rule,
    AwardByDefault
}

/// @notice Every step of the machine as calldata: for who sends it, and for who signs it and has a stranger send it.
abstract contract MachineCalls is Base {
    using RulesBuilder for Rules;

    uint40 private constant NEVER = type(uint40).max;

    /// @dev The golden terms name both parties and allow instalments.
    function _terms(address token) internal view override returns (Terms memory terms) {
        terms = super._terms(token);
        terms.buyer = buyer;
        terms.rules = terms.rules.withFunding(FUNDING);
    }

    /* SENT */

    function _sent(Step step, Terms memory terms, address actor) internal view returns (bytes memory) {
        if (step == Step.Open || step == Step.OpenInPart) return _openCall(step, terms, actor);
        if (step == Step.Fund || step == Step.FundPart) return abi.encodeCall(IEscrow.fund, (terms, _paysNow(step, terms)));
        if (step == Step.CancelFunding) return abi.encodeCall(IEscrow.cancelFunding, (terms));
        if (step == Step.CancelOffer) return abi.encodeCall(IEscrow.cancelOffer, (terms));
        if (step == Step.Ship) return abi.encodeCall(IEscrow.ship, (terms, TRACKING));
        if (step == Step.Deliver) return abi.encodeCall(IEscrow.deliver, (terms));
        if (step == Step.Release) return abi.encodeCall(IEscrow.release, (terms));
        if (step == Step.ReleasePart) return abi.encodeCall(IEscrow.releasePart, (terms, 1));
        if (step == Step.Refund) return abi.encodeCall(IEscrow.refund, (terms));
        if (step == Step.RefundPart) return abi.encodeCall(IEscrow.refundPart, (terms, 1));
        if (step == Step.Reclaim) return abi.encodeCall(IEscrow.reclaim, (terms));
        if (step == Step.Claim) return abi.encodeCall(IEscrow.claim, (terms));
        if (step == Step.Extend) return abi.encodeCall(IEscrow.extend, (terms, _later(terms)));
        if (step == Step.Dispute) return abi.encodeCall(IEscrow.dispute, (terms, STATEMENT));
        if (step == Step.Settle) return _settleCall(terms);
        if (step == Step.Rule) return abi.encodeCall(IEscrow.rule, (terms, 5_000, REASON, ""));
        return abi.encodeCall(IEscrow.awardByDefault, (terms));
    }

    /// @dev What the buyer pays by this step; 0 where it pays nothing.
    function _paysNow(Step step, Terms memory terms) internal pure returns (uint256) {
        if (step == Step.Open) return terms.price;
        if (step == Step.OpenInPart) return terms.price / 4;
        if (step == Step.Fund) return terms.price - terms.price / 4;
        return step == Step.FundPart ? 1 : 0;
    }

    /* SIGNED */

    function _signed(Step step, Terms memory terms, address actor, uint256 key) internal view returns (bytes memory) {
        if (step == Step.Settle) return _settleCall(terms);
        if (step == Step.Rule) {
            bytes32 digest = Digests.ruling(address(escrow), _idOf(terms), 5_000, REASON);
            return abi.encodeCall(IEscrow.rule, (terms, 5_000, REASON, _sign(key, digest)));
        }
        Act memory what = _actOf(step, terms, actor);
        bytes32 actDigest = Digests.act(address(escrow), _idOf(terms), what, _nameOf(what.action));
        bytes memory signature = _sign(key, actDigest);
        if (what.action != Action.Open) return abi.encodeCall(IEscrow.act, (terms, what, signature));
        (Offer memory offer, bytes memory byMaker) = _offerTo(terms, actor);
        return abi.encodeCall(IEscrow.openFor, (offer, 0, byMaker, what, signature));
    }

    /// @dev Amounts of money are signed as running totals.
    function _actOf(Step step, Terms memory terms, address actor) private view returns (Act memory what) {
        what = Act(actor, _actionOf(step), _paysNow(step, terms), 0, 0, NEVER);
        if (step == Step.Fund || step == Step.FundPart) what.value += terms.price / 4;
        if (step == Step.ReleasePart || step == Step.RefundPart) what.value = 1;
        if (step == Step.Ship) what.hash = TRACKING;
        if (step == Step.Dispute) what.hash = STATEMENT;
        if (step == Step.Extend) {
            what.value = _later(terms);
            what.hash = bytes32(uint256(_stateOf(terms)));
        }
    }

    function _actionOf(Step step) private pure returns (Action) {
        if (step == Step.Open || step == Step.OpenInPart) return Action.Open;
        if (step == Step.Fund || step == Step.FundPart) return Action.Fund;
        if (step == Step.CancelFunding) return Action.CancelFunding;
        if (step == Step.CancelOffer) return Action.CancelOffer;
        if (step == Step.Ship) return Action.Ship;
        if (step == Step.Deliver) return Action.Deliver;
        if (step == Step.Release) return Action.Release;
        if (step == Step.ReleasePart) return Action.ReleasePart;
        if (step == Step.Refund) return Action.Refund;
        if (step == Step.RefundPart) return Action.RefundPart;
        if (step == Step.Reclaim) return Action.Reclaim;
        if (step == Step.Claim) return Action.Claim;
        if (step == Step.Extend) return Action.Extend;
        if (step == Step.Dispute) return Action.Dispute;
        return Action.AwardByDefault;
    }

    /// @dev The names that people see when they sign, in the order of `Action`.
    function _nameOf(Action action) private pure returns (string memory) {
        string[15] memory names = [
            "release", "releasePart", "refund", "refundPart", "ship", "deliver", "extend", "reclaim", "claim", "dispute",
            "awardByDefault", "fund", "cancelFunding", "cancelOffer", "open"
        ];
        return names[uint256(action)];
    }

    /* PARTS OF BOTH */

    function _openCall(Step step, Terms memory terms, address actor) private view returns (bytes memory) {
        (Offer memory offer, bytes memory signature) = _offerTo(terms, actor);
        if (step == Step.Open) return abi.encodeCall(IEscrow.open, (offer, 0, signature));
        return abi.encodeCall(IEscrow.openInPart, (offer, 0, signature, _paysNow(step, terms)));
    }

    /// @dev The other side's offer: to the seller the buyer's bid, to anybody else the seller's ask.
    function _offerTo(Terms memory terms, address taker) private view returns (Offer memory offer, bytes memory signature) {
        offer = Offer(terms, NEVER, 0, 0, 1);
        signature = _sign(taker == seller ? BUYER_KEY : SELLER_KEY, Digests.offer(address(escrow), offer));
    }

    function _settleCall(Terms memory terms) private view returns (bytes memory) {
        uint128 remaining = uint128(escrow.remainingOf(terms));
        bytes32 digest = Digests.settlement(address(escrow), _idOf(terms), 1, remaining, NEVER);
        return abi.encodeCall(
            IEscrow.settle, (terms, 1, remaining, NEVER, _sign(BUYER_KEY, digest), _sign(SELLER_KEY, digest))
        );
    }

    function _later(Terms memory terms) private view returns (uint40) {
        uint256 deadline = _deadlineOf(terms);
        return uint40((deadline < block.timestamp ? block.timestamp : deadline) + 1);
    }
}
