// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../../contracts/types/DealState.sol";
import {Member, Outcome, Phase, Seat} from "../../contracts/types/PoolTypes.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {Docket} from "./Docket.sol";

/// @notice What a campaign must have done to count.
enum Deed {
    Opened,
    Drawn,
    Committed,
    Revealed,
    Appealed,
    Ruled,
    Closed,
    Settled,
    Claimed,
    Resigned,
    Withdrawn,
    Refused
}

/// @notice Plays disputes before a pool, several at a time: twelve arbiters who come back whenever they were slashed, and two
/// who come and go.
contract Court is Docket {
    uint256 private constant MOST_AT_ONCE = 3;

    mapping(Deed => uint256) public done;

    /// @dev The pool allowed what it must refuse, or paid other than it owed.
    error BrokenPromise(string what);

    function setUp() public override {
        super.setUp();
        for (uint256 i = ARBITERS; i < STAFF; ++i) {
            _admit(_arbiter(i));
        }
        vm.warp(block.timestamp + 3 days);
    }

    /// @notice One step of the campaign.
    function step(uint256 seed) external {
        uint256 draw = seed % 16;
        seed >>= 8;
        if (draw < 2) return _openAnother(seed);
        if (draw < 9) return _advance(seed);
        if (draw < 11) return vm.warp(block.timestamp + 1 hours + seed % 30 hours);
        if (draw == 11) return _repeat(seed);
        if (draw == 12) return _claim(_person(seed), seed >> 8);
        if (draw < 15) return _comeOrGo(_arbiter(ARBITERS + seed % 2));
        if (seed % 4 == 0) _settleOne(seed >> 8);
    }

    /* STEPS */

    function _openAnother(uint256 seed) private {
        if (_live.length == MOST_AT_ONCE) return;
        for (uint256 i = 0; i < ARBITERS; ++i) {
            if (pool.memberOf(_arbiter(i)).place == 0) _join(_arbiter(i), BOND - _bondOf(_arbiter(i)));
        }
        Terms memory terms = _terms(seed % 2 == 0 ? ETH : address(usd));
        terms.salt = uint64(_ids.length + 1);
        // Odd prices, so that shares leave something over.
        terms.price = uint128(terms.price + (seed >> 8) % 1_000);
        vm.deal(buyer, 10 ether);
        usd.mint(buyer, terms.price);
        _open(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        bytes32 id = _openCase(terms);
        _live.push(_ids.length);
        _ids.push(id);
        _deals.push(terms);
        ++done[Deed.Opened];
    }

    /// @dev Does what a case waits for.
    function _advance(uint256 seed) private {
        if (_live.length == 0) return;
        uint256 which = seed % _live.length;
        uint256 index = _live[which];
        bytes32 id = _ids[index];
        Phase phase = pool.phaseOf(id);
        seed >>= 8;
        bool isDisputed = _stateOf(_deals[index]) == DealState.Disputed;
        if (!isDisputed || phase == Phase.Executable || phase == Phase.Failed) return _end(which, seed);
        if (phase == Phase.Drawing) return _drawPanel(index);
        if (phase == Phase.Committing) return _commitSome(id, seed);
        if (phase == Phase.Revealing) return _revealSome(id, seed);
        if (phase == Phase.Appealable && seed % 4 == 0) _appeal(index, seed >> 8);
    }

    /// @dev A hash that is gone is no broken promise: then time ends the draw.
    function _drawPanel(uint256 index) private {
        bytes32 id = _ids[index];
        uint256 drawBlock = pool.roundOf(id, pool.caseOf(id).rounds).drawBlock;
        if (block.number <= drawBlock) vm.roll(drawBlock + 1);
        if (block.number > drawBlock + 256) return;
        vm.setBlockhash(drawBlock, keccak256(abi.encode("block", drawBlock)));
        pool.draw(_deals[index]);
        ++done[Deed.Drawn];
    }

    function _commitSome(bytes32 id, uint256 seed) private {
        address[] memory panel = _panel(id, pool.caseOf(id).rounds);
        for (uint256 i = 0; i < panel.length; ++i) {
            if ((seed >> i) % 2 == 0 || pool.seatOf(id, panel[i]).commitment != 0) continue;
            _commit(id, panel[i], _voteOf(id, panel[i]));
            ++done[Deed.Committed];
        }
    }

    function _revealSome(bytes32 id, uint256 seed) private {
        address[] memory panel = _panel(id, pool.caseOf(id).rounds);
        for (uint256 i = 0; i < panel.length; ++i) {
            Seat memory seat = pool.seatOf(id, panel[i]);
            if ((seed >> i) % 2 == 0 || seat.commitment == 0 || seat.revealed) continue;
            pool.reveal(id, panel[i], _voteOf(id, panel[i]), _reason(panel[i]), SECRET);
            ++_votesOpened[id][panel[i]];
            ++done[Deed.Revealed];
        }
    }

    /// @dev Most are near to each other, some are not.
    function _voteOf(bytes32 id, address member) private pure returns (uint16) {
        uint256 own = uint256(keccak256(abi.encode(id, member)));
        return uint16(own % 4 == 0 ? (own >> 8) % 10_001 : uint256(id) % 8_500 + (own >> 8) % 1_500);
    }

    function _appeal(uint256 index, uint256 seed) private {
        address appellant = seed % 2 == 0 ? buyer : seller;
        vm.deal(appellant, APPEAL_BOND);
        vm.prank(appellant);
        pool.appeal{value: APPEAL_BOND}(_deals[index]);
        _books[_ids[index]].appealed = true;
        ++done[Deed.Appealed];
    }

    function _end(uint256 which, uint256 seed) private {
        uint256 index = _live[which];
        bytes32 id = _ids[index];
        Book storage book = _books[id];
        Outcome memory outcome = pool.outcomeOf(id);
        bool isFailed = pool.phaseOf(id) == Phase.Failed;
        bool isOver = _stateOf(_deals[index]) != DealState.Disputed || block.timestamp > _deadlineOf(_deals[index]);
        if ((isFailed || isOver) && (!isOver || seed % 2 == 0)) pool.close(id);
        else pool.execute(_deals[index]);
        (book.over, book.ruled, book.outcome) = (true, !isFailed && !isOver, outcome.buyerBps);
        ++done[book.ruled ? Deed.Ruled : Deed.Closed];
        _live[which] = _live[_live.length - 1];
        _live.pop();
    }

    function _settleOne(uint256 seed) private {
        if (_live.length == 0) return;
        Terms memory terms = _deals[_live[seed % _live.length]];
        if (_stateOf(terms) != DealState.Disputed) return;
        _settle(terms, uint128((seed >> 8) % terms.price));
        ++done[Deed.Settled];
    }

    function _claim(address person, uint256 seed) private {
        address token = seed % 2 == 0 ? ETH : address(usd);
        uint256 due = pool.rewardOf(token, person);
        if (due == 0) return;
        uint256 had = _balance(token, person);
        vm.prank(person);
        pool.claim(token, person);
        if (_balance(token, person) - had != due) revert BrokenPromise("a claim pays what is due");
        ++done[Deed.Claimed];
    }

    function _comeOrGo(address account) private {
        Member memory member = pool.memberOf(account);
        if (member.place != 0) {
            vm.prank(account);
            pool.resign();
            ++done[Deed.Resigned];
        } else if (member.bond == 0) {
            _join(account, BOND);
        } else if (member.leavingAt == 0) {
            // Slashed out of the list.
            _join(account, BOND - member.bond);
        } else if (member.leavingAt <= block.timestamp && member.running == 0) {
            _withdraw(account, member.bond);
        }
    }

    function _withdraw(address account, uint256 bond) private {
        uint256 had = account.balance;
        vm.prank(account);
        pool.withdrawBond(account);
        if (account.balance - had != bond) revert BrokenPromise("a bond comes back whole");
        ++done[Deed.Withdrawn];
    }

    /// @dev What was done is tried again, and must be refused.
    function _repeat(uint256 seed) private {
        if (_ids.length == 0) return;
        uint256 index = seed % _ids.length;
        bytes32 id = _ids[index];
        vm.deal(address(this), CASE_FEE);
        _mustFail(CASE_FEE, abi.encodeCall(pool.openCase, (_deals[index])));
        if (pool.phaseOf(id) != Phase.Drawing) _mustFail(0, abi.encodeCall(pool.draw, (_deals[index])));
        if (_books[id].over) {
            _mustFail(0, abi.encodeCall(pool.execute, (_deals[index])));
            _mustFail(0, abi.encodeCall(pool.close, (id)));
        }
        address[] memory panel = _panel(id, pool.caseOf(id).rounds);
        for (uint256 i = 0; i < panel.length; ++i) {
            Seat memory seat = pool.seatOf(id, panel[i]);
            bytes memory again =
                abi.encodeCall(pool.reveal, (id, panel[i], _voteOf(id, panel[i]), _reason(panel[i]), SECRET));
            if (seat.revealed) _mustFail(0, again);
            if (seat.commitment == 0) continue;
            vm.prank(panel[i]);
            _mustFail(0, abi.encodeCall(pool.commit, (id, panel[i], seat.commitment, "")));
        }
    }

    function _mustFail(uint256 value, bytes memory data) private {
        (bool allowed,) = address(pool).call{value: value}(data);
        if (allowed) revert BrokenPromise("nothing is done twice");
        ++done[Deed.Refused];
    }

    /* THE END */

    /// @notice Ends every case, pays everybody and lets all arbiters leave.
    function windUp() external {
        vm.warp(block.timestamp + 60 days);
        while (_live.length != 0) _end(0, 0);
        for (uint256 i = 0; i < STAFF + 3; ++i) {
            _claim(_person(i), 0);
            _claim(_person(i), 1);
        }
        for (uint256 i = 0; i < STAFF; ++i) {
            Member memory member = pool.memberOf(_arbiter(i));
            if (member.bond == 0 || member.leavingAt != 0) continue;
            vm.prank(_arbiter(i));
            pool.resign();
        }
        vm.warp(block.timestamp + 30 days);
        for (uint256 i = 0; i < STAFF; ++i) {
            uint256 bond = _bondOf(_arbiter(i));
            if (bond != 0) _withdraw(_arbiter(i), bond);
        }
        vm.assertEq(address(pool).balance, pool.reserve(), "nothing is left but the reserve");
        vm.assertEq(usd.balanceOf(address(pool)), 0, "no dollars are left");
    }
}
