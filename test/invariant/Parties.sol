// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {Deed, Legal, Move, Way, Who} from "./Legal.sol";
import {Market} from "./Market.sol";

/// @notice Buyers, sellers and the arbiter: every move on a deal that was opened, in each of three ways.
abstract contract Parties is Market {
    /// @dev Where the rules stand in the calldata of a call whose first argument are terms.
    uint256 private constant RULES_AT = 4 + 6 * 32;
    /// @dev And where in that of `releaseFor` with one deal.
    uint256 private constant LISTED_RULES_AT = 4 + 4 * 32 + 6 * 32;

    /// @dev One try of a move: who, how, and the numbers that go with it.
    struct Try {
        uint256 i;
        Move move;
        Who who;
        Way way;
        DealState state;
        bool late;
        uint256 remaining;
        uint256 deadline;
        uint256 amount;
        uint256 tip;
        uint256 actor;
    }

    /// @dev Tries the move, legal or not, and holds what happened against the rules.
    function _attempt(uint256 i, Move move, Who who, Way way, uint256 seed) internal returns (bool legal) {
        Try memory t;
        (t.i, t.move, t.who, t.way) = (i, move, who, way);
        IEscrow.Deal memory deal = escrow.dealOf(_records[i].id);
        _must(deal.state == _records[i].state, "I3: a deal's state changes only by a call on that deal");
        Terms memory terms = _deals[i];
        (t.state, t.deadline, t.late) = (deal.state, deal.deadline, block.timestamp > deal.deadline);
        t.remaining = escrow.remainingOf(terms);
        t.actor = who == Who.Buyer
            ? _records[i].buyer
            : who == Who.Seller ? _records[i].seller : who == Who.Arbiter ? ARBITER : THIEF;
        legal = _choose(t, terms, seed);
        _perform(t, terms, legal, seed);
    }

    /// @dev Draws the amounts. Answers whether the contract has to do what is asked.
    function _choose(Try memory t, Terms memory terms, uint256 seed) private returns (bool legal) {
        legal = Legal.allows(t.move, t.state, t.who, t.late, t.remaining);
        Move move = t.move;
        bool signed = t.way == Way.Signed;
        if (move == Move.Fund || move == Move.FundPart) {
            uint256 missing = terms.price - t.remaining;
            t.amount = move == Move.Fund || missing < 2 ? missing : 1 + seed % (missing - 1);
            if (signed && terms.token == ETH) legal = false;
            if (legal) _readyToPay(terms.token, t.actor, t.amount);
        } else if (move == Move.ReleasePart || move == Move.RefundPart) {
            t.amount = t.remaining > 1 ? 1 + seed % (t.remaining - 1) : 1;
        } else if (move == Move.Settle) {
            t.amount = seed % (t.remaining + 1);
        } else if (move == Move.Extend) {
            t.amount = 1 + (t.deadline > block.timestamp ? t.deadline : block.timestamp) + seed % 2 days;
            if (t.amount > block.timestamp + 365 days) legal = false;
        } else if (move == Move.Rule || move == Move.DisputeAndRule) {
            t.amount = seed % 10_001;
        }
        if (signed && move == Move.Claim && t.who != Who.Seller) legal = false;
        if (signed && legal && (seed >> 20) % 2 == 0) t.tip = _affordable(t, terms);
    }

    /// @dev A hundredth of what is left, where the signer's share is sure to be more.
    function _affordable(Try memory t, Terms memory terms) private pure returns (uint256) {
        if (t.move == Move.Reclaim || (t.move == Move.CancelFunding && t.who == Who.Buyer)) return t.remaining / 100;
        bool fair = _bps(terms, 0) <= 5_000 && _bps(terms, 32) >= 1_000 && _bps(terms, 32) <= 9_000;
        return fair && (t.move == Move.Claim || t.move == Move.Award) ? t.remaining / 100 : 0;
    }

    function _perform(Try memory t, Terms memory terms, bool legal, uint256 seed) private {
        bytes memory data = t.way == Way.Signed ? _signedCall(t, terms) : _sentCall(t, terms);
        if (t.way == Way.Batched) {
            bytes[] memory batch = new bytes[](1);
            batch[0] = data;
            data = abi.encodeCall(IEscrow.multicall, (batch));
        }
        bool pays = t.move == Move.Fund || t.move == Move.FundPart;
        uint256 value = legal && pays ? _coins(terms, t.amount) : 0;
        uint256 by = t.way == Way.Signed ? RELAYER : t.actor;
        if (!legal) return _refused(_people[by], data, "I7: what the rules do not allow is refused");
        bool plain = t.move != Move.Settle && t.move != Move.DisputeAndRule;
        if (t.way == Way.Signed && plain && seed % 8 == 0) _forge(data, seed);
        bool done = _call(_people[by], value, data);
        _must(done, "I7: what the rules allow is done");
        if (t.way == Way.Signed) _hear(data);
        if (t.move == Move.ReleasePart) _records[t.i].released += t.amount;
        if (t.move == Move.RefundPart) _records[t.i].refunded += t.amount;
        _book(t.i, by, t.tip, t.who == Who.Buyer);
        _settleBooks(t.i, t.remaining);
        ++movesDone[uint256(t.move)];
        ++waysDone[uint256(t.way)];
    }

    /// @dev A thief sends every call there is about a deal, in its own name; the claim that anyone may make excepted.
    function _meddle(uint256 i, uint256 seed) internal {
        Try memory t;
        (t.i, t.who, t.actor, t.remaining) = (i, Who.Thief, THIEF, _deals[i].price);
        t.deadline = block.timestamp;
        t.amount = seed % 10_001;
        Terms memory terms = _deals[i];
        for (uint256 k = 0; k < Legal.MOVES; ++k) {
            t.move = Move(k);
            if (t.move == Move.Claim) continue;
            _refused(_people[THIEF], _sentCall(t, terms), "I6: a stranger can do nothing");
        }
        _did(Deed.Meddle);
    }

    /// @dev A signature changed by one bit on its way, or what it stands for: nobody may be able to use it.
    function _forge(bytes memory data, uint256 seed) internal {
        bytes memory forged = bytes.concat(data);
        // Not the padding at the very end, nor the 32 bits of the rules that mean nothing.
        uint256 place = 4 + (seed >> 32) % (data.length - 36);
        uint256 rules = bytes4(data) == IEscrow.releaseFor.selector ? LISTED_RULES_AT : RULES_AT;
        if (place >= rules && place < rules + 4) place = rules + 4;
        forged[place] ^= bytes1(uint8(1 << ((seed >> 24) % 8)));
        _did(Deed.Forge);
        _refused(_people[THIEF], forged, "I6: a forged call is refused");
    }

    /* CALLS */

    function _sentCall(Try memory t, Terms memory terms) private view returns (bytes memory) {
        Move move = t.move;
        if (move == Move.Fund || move == Move.FundPart) return abi.encodeCall(IEscrow.fund, (terms, t.amount));
        if (move == Move.CancelFunding) return abi.encodeCall(IEscrow.cancelFunding, (terms));
        if (move == Move.Ship) return abi.encodeCall(IEscrow.ship, (terms, TRACKING));
        if (move == Move.Deliver) return abi.encodeCall(IEscrow.deliver, (terms));
        if (move == Move.Release) return abi.encodeCall(IEscrow.release, (terms));
        if (move == Move.ReleasePart) return abi.encodeCall(IEscrow.releasePart, (terms, uint128(t.amount)));
        if (move == Move.Refund) return abi.encodeCall(IEscrow.refund, (terms));
        if (move == Move.RefundPart) return abi.encodeCall(IEscrow.refundPart, (terms, uint128(t.amount)));
        if (move == Move.Reclaim) return abi.encodeCall(IEscrow.reclaim, (terms));
        if (move == Move.Claim) return abi.encodeCall(IEscrow.claim, (terms));
        if (move == Move.Extend) return abi.encodeCall(IEscrow.extend, (terms, uint40(t.amount)));
        if (move == Move.Dispute) return abi.encodeCall(IEscrow.dispute, (terms, STATEMENT));
        if (move == Move.Settle) return _settleCall(t, terms);
        if (move == Move.Rule) return abi.encodeCall(IEscrow.rule, (terms, uint16(t.amount), REASON, ""));
        if (move == Move.Award) return abi.encodeCall(IEscrow.awardByDefault, (terms));
        return abi.encodeCall(
            IEscrow.disputeAndRule, (terms, STATEMENT, uint16(t.amount), REASON, _ruling(t, ARBITER))
        );
    }

    function _signedCall(Try memory t, Terms memory terms) private view returns (bytes memory) {
        if (t.move == Move.Settle) return _settleCall(t, terms);
        if (t.move == Move.Rule) {
            return abi.encodeCall(IEscrow.rule, (terms, uint16(t.amount), REASON, _ruling(t, t.actor)));
        }
        if (t.move == Move.DisputeAndRule) {
            bytes[] memory batch = new bytes[](2);
            batch[0] = _actCall(t, terms, Action.Dispute, "dispute");
            batch[1] = abi.encodeCall(IEscrow.rule, (terms, uint16(t.amount), REASON, _ruling(t, ARBITER)));
            return abi.encodeCall(IEscrow.multicall, (batch));
        }
        if (t.move == Move.Release && t.tip == 0 && uint256(_records[t.i].id) % 2 == 0) return _releaseForCall(t, terms);
        (Action action, string memory name) = _actionOf(t.move);
        return _actCall(t, terms, action, name);
    }

    function _actCall(Try memory t, Terms memory terms, Action action, string memory name)
        private
        view
        returns (bytes memory)
    {
        Act memory what = Act(_people[t.actor], action, t.amount, 0, t.tip, NEVER);
        Record storage record = _records[t.i];
        if (action == Action.Fund) what.value += t.remaining;
        else if (action == Action.ReleasePart) what.value += record.released;
        else if (action == Action.RefundPart) what.value += record.refunded;
        else if (action == Action.Extend) what.hash = bytes32(uint256(t.state));
        else what.value = 0;
        bytes32 digest = Digests.act(address(escrow), record.id, what, name);
        return abi.encodeCall(IEscrow.act, (terms, what, _signAs(t.actor, digest)));
    }

    function _releaseForCall(Try memory t, Terms memory terms) private view returns (bytes memory) {
        Terms[] memory deals = new Terms[](1);
        uint40[] memory expiries = new uint40[](1);
        bytes[] memory signatures = new bytes[](1);
        (deals[0], expiries[0]) = (terms, NEVER);
        Act memory what = Act(_people[t.actor], Action.Release, 0, 0, 0, NEVER);
        signatures[0] = _signAs(t.actor, Digests.act(address(escrow), _records[t.i].id, what, "release"));
        return abi.encodeCall(IEscrow.releaseFor, (deals, expiries, signatures));
    }

    function _ruling(Try memory t, uint256 signer) private view returns (bytes memory) {
        return _signAs(signer, Digests.ruling(address(escrow), _records[t.i].id, uint16(t.amount), REASON));
    }

    /// @dev Sent by a party it lacks that party's signature; sent by the relayer it has both. Others have the buyer's only.
    function _settleCall(Try memory t, Terms memory terms) private view returns (bytes memory) {
        Record storage record = _records[t.i];
        bytes32 digest =
            Digests.settlement(address(escrow), record.id, uint128(t.amount), uint128(t.remaining), NEVER);
        bool party = t.who == Who.Buyer || t.who == Who.Seller;
        bool signed = t.way == Way.Signed;
        bytes memory byBuyer = t.who == Who.Buyer && !signed ? bytes("") : _signAs(record.buyer, digest);
        bytes memory bySeller = t.who == Who.Seller && !signed ? bytes("") : _signAs(record.seller, digest);
        if (!party) bySeller = signed ? _signAs(t.actor, digest) : bytes("");
        return abi.encodeCall(
            IEscrow.settle, (terms, uint128(t.amount), uint128(t.remaining), NEVER, byBuyer, bySeller)
        );
    }

    function _actionOf(Move move) private pure returns (Action, string memory) {
        if (move == Move.Fund || move == Move.FundPart) return (Action.Fund, "fund");
        if (move == Move.CancelFunding) return (Action.CancelFunding, "cancelFunding");
        if (move == Move.Ship) return (Action.Ship, "ship");
        if (move == Move.Deliver) return (Action.Deliver, "deliver");
        if (move == Move.Release) return (Action.Release, "release");
        if (move == Move.ReleasePart) return (Action.ReleasePart, "releasePart");
        if (move == Move.Refund) return (Action.Refund, "refund");
        if (move == Move.RefundPart) return (Action.RefundPart, "refundPart");
        if (move == Move.Reclaim) return (Action.Reclaim, "reclaim");
        if (move == Move.Claim) return (Action.Claim, "claim");
        if (move == Move.Extend) return (Action.Extend, "extend");
        if (move == Move.Dispute) return (Action.Dispute, "dispute");
        return (Action.AwardByDefault, "awardByDefault");
    }
}
