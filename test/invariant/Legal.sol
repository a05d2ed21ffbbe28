// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../../contracts/types/DealState.sol";

/// @notice What can be done to a deal that was opened.
enum Move {
    Fund,
    FundPart,
    CancelFunding,
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
    DisputeAndRule,
    Award
}

/// @notice How it is done: by a transaction of its own, by a signature that the relayer sends, or in a batch.
enum Way {
    Sent,
    Signed,
    Batched
}

/// @notice Whose move it is, seen from the deal.
enum Who {
    Buyer,
    Seller,
    Arbiter,
    Thief
}

/// @notice What else happens in the market.
enum Deed {
    OpenAsk,
    OpenBid,
    OpenInPart,
    OpenBatch,
    OpenByPermit,
    OpenByPermit2,
    OpenByAuthorization,
    OpenFor,
    OpenOtherUnit,
    CancelOffer,
    CancelNonces,
    CancelAll,
    CancelSigned,
    Collect,
    Withdraw,
    WithdrawSigned,
    PublishBoth,
    CommitAndReveal,
    Wait,
    WaitForDeadline,
    Donate,
    Whim,
    Tip,
    Replay,
    Forge,
    Meddle,
    Refused
}

/// @notice When each move is legal: the campaign's own reading of the rules, written apart from the contract.
library Legal {
    uint256 internal constant MOVES = uint256(type(Move).max) + 1;
    uint256 internal constant DEEDS = uint256(type(Deed).max) + 1;

    function allows(Move move, DealState state, Who who, bool late, uint256 remaining) internal pure returns (bool) {
        bool party = who == Who.Buyer || who == Who.Seller;
        bool underway = isUnderway(state);
        if (move == Move.Fund || move == Move.FundPart) {
            return state == DealState.PartlyFunded && who == Who.Buyer && !late;
        }
        if (move == Move.CancelFunding) return state == DealState.PartlyFunded && party && late;
        if (move == Move.Ship) return state == DealState.Funded && who == Who.Seller && !late;
        if (move == Move.Deliver) {
            return state == DealState.Shipped && (who == Who.Buyer || (who == Who.Seller && late));
        }
        if (move == Move.Release) return underway && who == Who.Buyer;
        if (move == Move.ReleasePart) return underway && who == Who.Buyer && remaining > 1;
        if (move == Move.Refund) return underway && who == Who.Seller;
        if (move == Move.RefundPart) return underway && who == Who.Seller && remaining > 1;
        if (move == Move.Reclaim) return state == DealState.Funded && who == Who.Buyer && late;
        if (move == Move.Claim) return state == DealState.Delivered && late;
        if (move == Move.Extend) {
            if (state == DealState.Funded) return who == Who.Buyer;
            return underway && who == Who.Seller;
        }
        if (move == Move.Dispute || move == Move.DisputeAndRule) {
            DealState bound = who == Who.Buyer ? DealState.Delivered : DealState.Funded;
            return underway && party && !(late && state == bound);
        }
        if (move == Move.Settle) {
            return party && (underway || state == DealState.PartlyFunded || state == DealState.Disputed);
        }
        if (move == Move.Rule) return state == DealState.Disputed && who == Who.Arbiter && !late;
        return state == DealState.Disputed && party && late;
    }

    /// @notice Who can make the move, and when: what a campaign needs to bring it about.
    function onlyLate(Move move) internal pure returns (bool) {
        return move == Move.CancelFunding || move == Move.Reclaim || move == Move.Claim || move == Move.Award;
    }

    /// @notice Whether a move ends the deal.
    function ends(Move move) internal pure returns (bool) {
        return move == Move.CancelFunding || move == Move.Release || move == Move.Refund || move == Move.Reclaim
            || move == Move.Claim || move == Move.Settle || move == Move.Rule || move == Move.DisputeAndRule
            || move == Move.Award;
    }

    /// @notice A state in which a deal allows `move`.
    function startOf(Move move) internal pure returns (DealState) {
        if (move == Move.Fund || move == Move.FundPart || move == Move.CancelFunding) return DealState.PartlyFunded;
        if (move == Move.Deliver) return DealState.Shipped;
        if (move == Move.Claim) return DealState.Delivered;
        return move == Move.Rule || move == Move.Award ? DealState.Disputed : DealState.Funded;
    }

    function isUnderway(DealState state) internal pure returns (bool) {
        return state == DealState.Funded || state == DealState.Shipped || state == DealState.Delivered;
    }

    function isFinal(DealState state) internal pure returns (bool) {
        return state == DealState.Completed || state == DealState.Refunded || state == DealState.Settled
            || state == DealState.Resolved || state == DealState.Cancelled;
    }

    /// @notice Whether the rules know a way from one state to the other.
    function leads(DealState from, DealState to) internal pure returns (bool) {
        if (from == DealState.None) {
            return to == DealState.Funded || to == DealState.PartlyFunded || to == DealState.Cancelled;
        }
        if (from == DealState.PartlyFunded) {
            return to == DealState.Funded || to == DealState.Refunded || to == DealState.Settled;
        }
        if (from == DealState.Disputed) return to == DealState.Settled || to == DealState.Resolved;
        if (!isUnderway(from)) return false;
        // A dispute with its ruling is seen as one step.
        bool over = to == DealState.Completed || to == DealState.Refunded || to == DealState.Settled
            || to == DealState.Resolved || to == DealState.Disputed;
        if (from == DealState.Funded) return over || to == DealState.Shipped;
        return over || (from == DealState.Shipped && to == DealState.Delivered);
    }
}
