// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {Deed, Legal, Move, Way, Who} from "./Legal.sol";
import {Outsiders} from "./Outsiders.sol";

/// @notice The market as its people play it, and the promises it is held to.
contract Campaign is Outsiders {
    uint256 private constant CROWD = 12;

    uint256 private _driven;

    /* TURNS */

    /// @notice Buyers, sellers and the arbiter: mostly legal moves, now and then an illegal one.
    function tradeOnce(uint256 seed) external {
        if (_live.length == 0 || (_live.length < CROWD && seed % 3 == 0)) return _open(_mix(seed, 1));
        uint256 place = (seed >> 8) % _live.length;
        uint256 i = _live[place];
        Way way = Way((seed >> 16) % 3);
        uint256 draw = _mix(seed, 2);
        if (seed % 7 == 0) {
            _attempt(i, Move(draw % Legal.MOVES), Who((draw >> 8) % 4), way, draw >> 16);
        } else {
            (Move move, Who who) = _drawLegal(i, draw);
            _attempt(i, move, who, way, draw >> 16);
        }
        _sweep(place);
    }

    /// @notice One move of each kind in turn, on a deal that is brought to where it is legal: no campaign is without any.
    function drive(uint256 seed) external {
        uint256 n = _driven++;
        Move move = Move(n % Legal.MOVES);
        DealState start = Legal.startOf(move);
        uint256 i = _openAs(seed, ETH, start == DealState.PartlyFunded ? Deed.OpenInPart : Deed.OpenAsk);
        uint256 place = _live.length - 1;
        if (start == DealState.Shipped || start == DealState.Delivered) _attempt(i, Move.Ship, Who.Seller, Way.Sent, seed);
        if (start == DealState.Delivered) _attempt(i, Move.Deliver, Who.Buyer, Way.Sent, seed);
        if (start == DealState.Disputed) _attempt(i, Move.Dispute, Who.Buyer, Way.Sent, seed);
        if (Legal.onlyLate(move)) vm.warp(escrow.dealOf(_records[i].id).deadline + 1);
        Who who = Who(seed % 2);
        bool late = Legal.onlyLate(move);
        if (move == Move.Rule) who = Who.Arbiter;
        else if (!Legal.allows(move, start, who, late, 2)) who = Who(1 - seed % 2);
        Way way = Way((n / Legal.MOVES) % 3);
        if (way == Way.Signed && (move == Move.Fund || move == Move.FundPart)) way = Way.Sent;
        if (way == Way.Signed && move == Move.Claim) who = Who.Seller;
        bool legal = _attempt(i, move, who, way, seed);
        _must(legal, "campaign: a driven move is legal");
        _sweep(place);
    }

    /// @notice Offers voided, fees collected, credits withdrawn, reviews.
    function keepBooks(uint256 seed) external {
        uint256 how = seed % 4;
        uint256 draw = _mix(seed, 3);
        if (how == 0) _void(draw);
        else if (how == 1 && _deals.length != 0) _collectSome(draw);
        else if (how == 2 && _ended.length != 0) _review(draw);
        else _withdraw(draw);
    }

    /// @notice Time, and a token's whims.
    function passTime(uint256 seed) external {
        if (seed % 4 == 0) _whim(_mix(seed, 4));
        else _wait(_mix(seed, 5));
    }

    /// @notice Replays, forgeries, every move on any deal, gifts.
    function steal(uint256 seed) external {
        uint256 draw = _mix(seed, 6);
        if (seed % 8 == 0) return _donate(draw);
        if (seed % 8 < 6 && _live.length != 0) return _meddle(_live[draw % _live.length], draw);
        if (seed % 8 < 7 || _ended.length == 0) return _replay(draw);
        // Final states are final: whatever anybody tries.
        uint256 i = _ended[draw % _ended.length];
        _attempt(i, Move((draw >> 32) % Legal.MOVES), Who((draw >> 40) % 4), Way((draw >> 48) % 3), draw >> 56);
    }

    /// @notice The same for the ways of opening that few offers allow.
    function driveOpening(uint256 seed) external {
        Deed[4] memory ways = [Deed.OpenFor, Deed.OpenByPermit, Deed.OpenByPermit2, Deed.OpenByAuthorization];
        _openAs(seed, address(usd), ways[seed % 4]);
    }

    /// @dev Drawn again once where it only extends, or ends a deal though there is room for more: histories are to be long.
    function _drawLegal(uint256 i, uint256 seed) private view returns (Move move, Who who) {
        IEscrow.Deal memory deal = escrow.dealOf(_records[i].id);
        bool late = block.timestamp > deal.deadline;
        for (uint256 n = 0; n < 2; ++n) {
            uint256 first = (seed >> (n * 64)) % (Legal.MOVES * 3);
            for (uint256 k = 0; k < Legal.MOVES * 3; ++k) {
                uint256 choice = (first + k * 7) % (Legal.MOVES * 3);
                (move, who) = (Move(choice / 3), Who(choice % 3));
                if (Legal.allows(move, deal.state, who, late, 2)) break;
            }
            if (move != Move.Extend && Legal.ends(move) == (_live.length >= CROWD)) break;
        }
    }

    function _sweep(uint256 place) private {
        uint256 i = _live[place];
        if (!Legal.isFinal(_records[i].state)) return;
        _live[place] = _live[_live.length - 1];
        _live.pop();
        _ended.push(i);
    }

    /* PROMISES */

    function dealCount() external view returns (uint256) {
        return _deals.length;
    }

    /// @notice What the promises say now. Empty where all hold.
    function brokenPromise() external view returns (string memory) {
        if (bytes(violation).length != 0) return violation;
        for (uint256 c = 0; c < CURRENCIES; ++c) {
            address token = _currency(c);
            uint256 owed = _owed[token] + _donated[token];
            for (uint256 k = 0; k < PEOPLE; ++k) {
                if (_worthNow(token, k) != _worth[token][k]) return "I6: nobody gains or loses but by the rules";
                owed += escrow.creditOf(token, _people[k]);
            }
            if (_balance(token, address(escrow)) != owed) return "I1: holdings are open deals, fees, credits and gifts";
        }
        for (uint256 place = 0; place < _live.length; ++place) {
            Record storage record = _records[_live[place]];
            if (escrow.dealOf(record.id).state != record.state) return "I3: a state changed by itself";
        }
        return "";
    }

    /// @notice Every deal, the oldest too, is still as it was last seen, and so is everybody's reputation.
    function brokenHistory() external view returns (string memory) {
        for (uint256 i = 0; i < _deals.length; ++i) {
            if (escrow.dealOf(_records[i].id).state != _records[i].state) return "I3: a final state did not last";
        }
        for (uint256 k = 0; k < 4; ++k) {
            if (reputation.statsOf(_people[k]).count != _reviewCounts[k]) return "I9: reviews counted are reviews made";
        }
        return "";
    }

    /// @notice From wherever the campaign stands, waiting and one party's own calls end every deal. `who` is that party.
    function closeAll(Who who) external {
        moody.pause(false);
        while (_live.length != 0) {
            uint256 i = _live[_live.length - 1];
            for (uint256 n = 0; n < 3 && !Legal.isFinal(_records[i].state); ++n) {
                vm.warp(escrow.dealOf(_records[i].id).deadline + 1);
                _attempt(i, _wayOut(_records[i].state, who), who, Way.Sent, 1);
            }
            _must(Legal.isFinal(_records[i].state), "I8: nobody is stuck");
            _live.pop();
            _ended.push(i);
        }
    }

    /// @dev What a party does that has heard nothing from the other for as long as the terms allow.
    function _wayOut(DealState state, Who who) private pure returns (Move) {
        if (state == DealState.PartlyFunded) return Move.CancelFunding;
        if (state == DealState.Funded) return who == Who.Buyer ? Move.Reclaim : Move.Refund;
        if (state == DealState.Shipped) return Move.Deliver;
        return state == DealState.Delivered ? Move.Claim : Move.Award;
    }

    /// @notice Every fee and every credit goes out, and nothing but gifts is left behind.
    function emptyOut() external {
        Terms[] memory one = new Terms[](1);
        for (uint256 i = 0; i < _deals.length; ++i) {
            if (_records[i].operatorDue + _records[i].arbiterDue == 0) continue;
            one[0] = _deals[i];
            _expectFees(i);
            _must(_call(_people[THIEF], 0, abi.encodeCall(IEscrow.collectFees, (one))), "I7: fees can be collected");
        }
        _lookAtEverybody();
        for (uint256 c = 0; c < CURRENCIES; ++c) {
            address token = _currency(c);
            for (uint256 k = 0; k < PEOPLE; ++k) {
                uint256 credit = escrow.creditOf(token, _people[k]);
                if (credit == 0) continue;
                _worth[token][k] -= credit;
                bytes memory data = abi.encodeCall(IEscrow.withdraw, (token, address(0xCAFE)));
                _must(_call(_people[k], 0, data), "I8: a credit can always be withdrawn");
            }
            _must(_owed[token] == 0, "I8: no deal is owed anything");
            _must(_balance(token, address(escrow)) == _donated[token], "I8: nothing is left behind");
        }
    }
}
