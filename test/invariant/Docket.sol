// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../../contracts/types/DealState.sol";
import {Phase} from "../../contracts/types/PoolTypes.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {PoolBase} from "../support/PoolBase.sol";
import {vm} from "../support/Vm.sol";

/// @notice The campaign's own books of cases and votes, and how the pool's are compared with them.
abstract contract Docket is PoolBase {
    /// @dev With those who come and go.
    uint256 internal constant STAFF = ARBITERS + 2;
    uint8 private constant ROUNDS = 2;

    struct Book {
        bool appealed;
        bool over;
        bool ruled;
        uint16 outcome;
    }

    bytes32[] internal _ids;
    Terms[] internal _deals;
    /// @dev Indices of the cases that are not over.
    uint256[] internal _live;
    mapping(bytes32 id => Book) internal _books;
    mapping(bytes32 id => mapping(address arbiter => uint256)) internal _votesOpened;

    /// @notice Compares the pool with the books; of the cases only the last `most`.
    function check(uint256 most) external view {
        _checkMoney();
        _checkSeatsTaken();
        for (uint256 i = _ids.length; i > 0 && most > 0; --i) {
            --most;
            _checkCase(i - 1);
        }
    }

    function _checkMoney() private view {
        uint256 owed = pool.reserve();
        uint256 usdOwed;
        for (uint256 i = 0; i < _live.length; ++i) {
            owed += CASE_FEE + (_books[_ids[_live[i]]].appealed ? APPEAL_BOND : 0);
        }
        for (uint256 i = 0; i < STAFF + 3; ++i) {
            owed += _bondOf(_person(i)) + pool.rewardOf(ETH, _person(i));
            usdOwed += pool.rewardOf(address(usd), _person(i));
        }
        vm.assertEq(address(pool).balance, owed, "coins held are coins owed");
        vm.assertEq(usd.balanceOf(address(pool)), usdOwed, "dollars held are dollars owed");
    }

    function _checkSeatsTaken() private view {
        for (uint256 k = 0; k < STAFF; ++k) {
            uint256 seats;
            for (uint256 i = 0; i < _live.length; ++i) {
                if (pool.seatOf(_ids[_live[i]], _arbiter(k)).round != 0) ++seats;
            }
            vm.assertEq(pool.memberOf(_arbiter(k)).running, seats, "bound by the cases that run, and by no others");
        }
    }

    function _checkCase(uint256 index) private view {
        bytes32 id = _ids[index];
        Book storage book = _books[id];
        bool isResolved = _stateOf(_deals[index]) == DealState.Resolved;
        vm.assertEq(isResolved, book.ruled, "ruled by the pool when it said so, and not otherwise");
        vm.assertEq(pool.phaseOf(id) == Phase.Closed, book.over, "over when it was ended, for ever");
        if (book.ruled) {
            vm.assertEq(escrow.dealOf(id).outcome, book.outcome, "the outcome in the escrow stays");
            vm.assertEq(pool.outcomeOf(id).buyerBps, book.outcome, "the outcome in the pool stays");
        }
        for (uint8 round = 1; round <= ROUNDS; ++round) {
            _checkVotes(id, round);
        }
    }

    /// @dev One seat an arbiter, one vote a seat.
    function _checkVotes(bytes32 id, uint8 round) private view {
        address[] memory panel = _panel(id, round);
        uint256 counted;
        for (uint256 i = 0; i < panel.length; ++i) {
            vm.assertEq(pool.seatOf(id, panel[i]).round, round, "nobody sits on both panels");
            for (uint256 k = 0; k < i; ++k) {
                vm.assertTrue(panel[k] != panel[i], "nobody sits twice on one");
            }
            vm.assertLe(_votesOpened[id][panel[i]], 1, "one vote a seat");
            counted += _votesOpened[id][panel[i]];
        }
        vm.assertEq(pool.roundOf(id, round).revealed, counted, "votes counted are votes opened");
    }

    /// @dev Everybody to whom the pool can owe anything: the staff, and who opens, buys and sells.
    function _person(uint256 seed) internal view returns (address) {
        uint256 which = seed % (STAFF + 3);
        if (which < STAFF) return _arbiter(which);
        return which == STAFF ? OPENER : which == STAFF + 1 ? buyer : seller;
    }
}
