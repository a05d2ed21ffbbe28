// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IArbiterPool} from "../../contracts/interfaces/IArbiterPool.sol";
import {IArbiterPoolErrors} from "../../contracts/interfaces/IArbiterPoolErrors.sol";
import {Outcome, Parameters, Phase, Round} from "../../contracts/types/PoolTypes.sol";
import {Rules} from "../../contracts/types/Rules.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Base} from "./Base.sol";
import {RulesBuilder} from "./RulesBuilder.sol";
import {vm} from "./Vm.sol";

/// @notice A pool of twelve arbiters, panels of 3 and 7, and short ways to bring a case into any phase.
abstract contract PoolBase is Base {
    using RulesBuilder for Rules;

    uint256 internal constant ARBITERS = 12;
    uint256 internal constant FIRST_KEY = 0xA11;
    uint256 internal constant BOND = 1 ether;
    uint256 internal constant APPEAL_BOND = 0.5 ether;
    uint256 internal constant CASE_FEE = 0.03 ether;
    /// @dev Who opens the cases of these tests.
    address internal constant OPENER = address(0x09E4E6);
    /// @dev A tenth of the bond.
    uint256 internal constant SLASH = 0.1 ether;
    uint256 internal constant DRAW_BLOCKS = 96;
    uint256 internal constant SECONDS_NEEDED = 15 days;
    bytes32 internal constant SECRET = keccak256("secret");
    bytes32 internal constant ADMISSION_ROLE = keccak256("ADMISSION_ROLE");
    bytes32 internal constant PARAMETER_ROLE = keccak256("PARAMETER_ROLE");
    address internal constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;
    address internal constant CLERK = address(0xC1E4);

    IArbiterPool internal pool;

    function setUp() public virtual override {
        super.setUp();
        bytes memory arguments = abi.encode(escrow, DRAW_BLOCKS, uint48(2 days), address(this), _parameters());
        pool = IArbiterPool(_deploy("ArbiterPool.sol:ArbiterPool", arguments));
        IAccessControl(address(pool)).grantRole(ADMISSION_ROLE, CLERK);
        IAccessControl(address(pool)).grantRole(PARAMETER_ROLE, CLERK);
        for (uint256 i = 0; i < ARBITERS; ++i) {
            _admit(_arbiter(i));
        }
        vm.warp(block.timestamp + 3 days);
        for (uint256 i = 0; i < ARBITERS; ++i) {
            _join(_arbiter(i), BOND);
        }
        vm.deal(seller, 10 ether);
        vm.roll(1_000);
    }

    function _parameters() internal pure returns (Parameters memory) {
        return Parameters({
            panel: 3,
            quorum: 2,
            appealPanel: 7,
            appealQuorum: 4,
            toleranceBps: 1_000,
            slashBps: 1_000,
            drawSeconds: 1 days,
            commitSeconds: 3 days,
            revealSeconds: 2 days,
            appealSeconds: 2 days,
            bond: uint96(BOND),
            appealBond: uint96(APPEAL_BOND),
            caseFee: uint64(CASE_FEE)
        });
    }

    function _terms(address token) internal view virtual override returns (Terms memory terms) {
        terms = super._terms(token);
        terms.arbiter = address(pool);
        terms.rules = terms.rules.withRuling(30 days);
    }

    function _key(uint256 i) internal pure returns (uint256) {
        return FIRST_KEY + i;
    }

    function _arbiter(uint256 i) internal pure returns (address) {
        return vm.addr(_key(i));
    }

    function _admit(address account) internal {
        vm.prank(CLERK);
        pool.admit(account);
    }

    function _join(address account, uint256 bond) internal {
        vm.deal(account, bond);
        vm.prank(account);
        pool.join{value: bond}();
    }

    /* A CASE IN A PHASE */

    function _opened(address token) internal returns (Terms memory terms, bytes32 id) {
        terms = _disputed(token);
        id = _openCase(terms);
    }

    /// @dev The opener has what a case costs, and nothing else.
    function _openCase(Terms memory terms) internal returns (bytes32 id) {
        vm.deal(OPENER, CASE_FEE);
        vm.prank(OPENER);
        id = pool.openCase{value: CASE_FEE}(terms);
    }

    function _drawn(address token) internal returns (Terms memory terms, bytes32 id) {
        (terms, id) = _opened(token);
        _draw(terms, 1);
    }

    /// @dev Lets the drawing block and one more pass.
    function _draw(Terms memory terms, uint8 round) internal {
        uint256 drawBlock = pool.roundOf(_idOf(terms), round).drawBlock;
        vm.roll(drawBlock + 1);
        vm.setBlockhash(drawBlock, keccak256(abi.encode("block", drawBlock)));
        pool.draw(terms);
    }

    function _panel(bytes32 id, uint8 round) internal view returns (address[] memory) {
        return pool.roundOf(id, round).panel;
    }

    function _commitment(bytes32 id, address arbiter, uint16 bps) internal pure returns (bytes32) {
        return keccak256(abi.encode(id, arbiter, bps, _reason(arbiter), SECRET));
    }

    function _reason(address arbiter) internal pure returns (bytes32) {
        return keccak256(abi.encode("because", arbiter));
    }

    /// @dev The first `votes.length` of the panel vote so; afterwards the votes' time is over.
    function _vote(bytes32 id, uint8 round, uint16[] memory votes) internal {
        address[] memory panel = _panel(id, round);
        for (uint256 i = 0; i < votes.length; ++i) {
            _commit(id, panel[i], votes[i]);
        }
        vm.warp(pool.roundOf(id, round).commitUntil + 1);
        for (uint256 i = 0; i < votes.length; ++i) {
            pool.reveal(id, panel[i], votes[i], _reason(panel[i]), SECRET);
        }
        vm.warp(pool.roundOf(id, round).revealUntil + 1);
    }

    function _commit(bytes32 id, address arbiter, uint16 bps) internal {
        bytes32 commitment = _commitment(id, arbiter, bps);
        vm.prank(arbiter);
        pool.commit(id, arbiter, commitment, "");
    }

    function _voted(address token, uint16[] memory votes) internal returns (Terms memory terms, bytes32 id) {
        (terms, id) = _drawn(token);
        _vote(id, 1, votes);
    }

    function _appealed(address token, uint16[] memory votes, address appellant)
        internal
        returns (Terms memory terms, bytes32 id)
    {
        (terms, id) = _voted(token, votes);
        vm.prank(appellant);
        pool.appeal{value: APPEAL_BOND}(terms);
    }

    function _pastAppeal(bytes32 id) internal {
        vm.warp(uint256(pool.roundOf(id, 1).revealUntil) + 2 days + 1);
    }

    function _votes(uint16 a, uint16 b) internal pure returns (uint16[] memory votes) {
        votes = new uint16[](2);
        (votes[0], votes[1]) = (a, b);
    }

    function _votes(uint16 a, uint16 b, uint16 c) internal pure returns (uint16[] memory votes) {
        votes = new uint16[](3);
        (votes[0], votes[1], votes[2]) = (a, b, c);
    }

    function _same(uint256 count, uint16 bps) internal pure returns (uint16[] memory votes) {
        votes = new uint16[](count);
        for (uint256 i = 0; i < count; ++i) {
            votes[i] = bps;
        }
    }

    /* LOOKING */

    function _bondOf(address arbiter) internal view returns (uint256) {
        return pool.memberOf(arbiter).bond;
    }

    function _assertPhase(bytes32 id, Phase expected) internal view {
        vm.assertEq(uint256(pool.phaseOf(id)), uint256(expected), "phase");
    }

    function _expectPhase(bytes32 id, Phase current, Phase expected) internal {
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.WrongPhase.selector, id, current, expected));
    }

    /// @dev Bonds, claims, reserve, and the appeal bonds and case fees of `running` cases are what the pool holds, to the wei.
    function _assertConserved(uint256 running) internal view {
        uint256 owed = pool.reserve() + running + pool.rewardOf(ETH, seller) + pool.rewardOf(ETH, buyer);
        owed += pool.rewardOf(ETH, OPENER);
        uint256 usdOwed;
        for (uint256 i = 0; i < ARBITERS; ++i) {
            owed += _bondOf(_arbiter(i)) + pool.rewardOf(ETH, _arbiter(i));
            usdOwed += pool.rewardOf(address(usd), _arbiter(i));
        }
        vm.assertEq(address(pool).balance, owed, "coins held are coins owed");
        vm.assertEq(usd.balanceOf(address(pool)), usdOwed, "dollars held are dollars owed");
    }

    /// @dev Nobody sits on a panel any more.
    function _assertAllFree() internal view {
        for (uint256 i = 0; i < ARBITERS; ++i) {
            vm.assertEq(pool.memberOf(_arbiter(i)).running, 0, "free");
        }
    }
}
