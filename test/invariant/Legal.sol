// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../../contracts/types/DealState.sol";

/// @notice What the people of the campaign do. Every one of these must have happened in each run.
enum Act {
    Open,
    Ship,
    DeliverByBuyer,
    DeliverBySeller,
    Release,
    ReleasePart,
    Refund,
    RefundPart,
    Reclaim,
    ClaimBySeller,
    ClaimByStranger,
    ExtendByBuyer,
    ExtendBySeller,
    DisputeByBuyer,
    DisputeBySeller,
    SettleByBuyer,
    RuleByArbiter,
    RuleBySignature,
    AwardByBuyer,
    AwardBySeller,
    CancelOffer,
    CancelAllOffers,
    Withdraw,
    Meddle,
    Donate,
    Wait,
    Block
}

/// @notice When each act is legal: the campaign's own reading of the rules.
library Legal {
    function allows(Act act, DealState state, uint256 deadline, uint256 remaining) internal view returns (bool) {
        bool late = block.timestamp > deadline;
        bool underway = state == DealState.Funded || state == DealState.Shipped || state == DealState.Delivered;
        if (act == Act.Ship) return state == DealState.Funded && !late;
        if (act == Act.DeliverByBuyer || act == Act.DeliverBySeller) return state == DealState.Shipped;
        if (act == Act.Release || act == Act.Refund) return underway;
        if (act == Act.ReleasePart || act == Act.RefundPart) return underway && remaining > 1;
        if (act == Act.Reclaim) return state == DealState.Funded;
        if (act == Act.ClaimBySeller || act == Act.ClaimByStranger) return state == DealState.Delivered;
        if (act == Act.ExtendByBuyer) return state == DealState.Funded && _roomToExtend(deadline);
        if (act == Act.ExtendBySeller) return underway && state != DealState.Funded && _roomToExtend(deadline);
        if (act == Act.DisputeByBuyer) return underway && !(state == DealState.Delivered && late);
        if (act == Act.DisputeBySeller) return underway && !(state == DealState.Funded && late);
        if (act == Act.SettleByBuyer) return underway || state == DealState.Disputed;
        if (act == Act.RuleByArbiter || act == Act.RuleBySignature) return state == DealState.Disputed && !late;
        return (act == Act.AwardByBuyer || act == Act.AwardBySeller) && state == DealState.Disputed;
    }

    function onlyLate(Act act) internal pure returns (bool) {
        return act == Act.DeliverBySeller || act == Act.Reclaim || act == Act.ClaimBySeller
            || act == Act.ClaimByStranger || act == Act.AwardByBuyer || act == Act.AwardBySeller;
    }

    /// @notice A state in which a fresh deal allows `act`.
    function startOf(Act act) internal pure returns (DealState) {
        if (act == Act.DeliverByBuyer || act == Act.DeliverBySeller || act == Act.ExtendBySeller) {
            return DealState.Shipped;
        }
        if (act == Act.ClaimBySeller || act == Act.ClaimByStranger) return DealState.Delivered;
        if (
            act == Act.RuleByArbiter || act == Act.RuleBySignature || act == Act.AwardByBuyer
                || act == Act.AwardBySeller
        ) return DealState.Disputed;
        return DealState.Funded;
    }

    /// @notice Whether the rules know a way from one state to the other.
    function leads(DealState from, DealState to) internal pure returns (bool) {
        if (from == DealState.None) return to == DealState.Funded || to == DealState.Cancelled;
        if (from == DealState.Disputed) return to == DealState.Settled || to == DealState.Resolved;
        bool ends = to == DealState.Completed || to == DealState.Refunded || to == DealState.Settled;
        if (from == DealState.Funded) return ends || to == DealState.Shipped || to == DealState.Disputed;
        if (from == DealState.Shipped) return ends || to == DealState.Delivered || to == DealState.Disputed;
        return from == DealState.Delivered && (ends || to == DealState.Disputed);
    }

    function isFinal(DealState state) internal pure returns (bool) {
        return state == DealState.Completed || state == DealState.Refunded || state == DealState.Settled
            || state == DealState.Resolved || state == DealState.Cancelled;
    }

    function nameOf(Act act) internal pure returns (string memory) {
        string[27] memory names = [
            "open", "ship", "deliver by buyer", "deliver by seller", "release", "release part", "refund",
            "refund part", "reclaim", "claim by seller", "claim by stranger", "extend by buyer", "extend by seller",
            "dispute by buyer", "dispute by seller", "settle by buyer", "rule by arbiter", "rule by signature",
            "award by buyer", "award by seller", "cancel offer", "cancel all offers", "withdraw", "meddle", "donate",
            "wait", "block"
        ];
        return names[uint256(act)];
    }

    function _roomToExtend(uint256 deadline) private view returns (bool) {
        return deadline + 5 days < block.timestamp + 365 days;
    }
}
