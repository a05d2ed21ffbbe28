// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbiterPool} from "../../../contracts/interfaces/IArbiterPool.sol";
import {BlocklistToken} from "../../../contracts/mocks/tokens/Refusals.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Makes one prepared call each time it is paid, and counts how that went.
contract Intruder {
    address private _target;
    uint256 private _value;
    bytes private _data;
    uint256 public attempts;
    uint256 public successes;
    bytes public answer;

    function arm(address target, uint256 value, bytes calldata data) external {
        (_target, _value, _data) = (target, value, data);
    }

    function disarm() external {
        _target = address(0);
    }

    function act(address target, uint256 value, bytes calldata data) external returns (bool done) {
        (done,) = target.call{value: value}(data);
    }

    receive() external payable {
        if (_target == address(0)) return;
        ++attempts;
        bool done;
        (done, answer) = _target.call{value: _value}(_data);
        if (done) ++successes;
    }
}

/// @notice The buyer of every deal here is a contract, and an arbiter who has left but for its bond. While the pool, or the
/// escrow on the pool's order, pays it, none of the pool's functions that move money or seats can be called.
contract ReentryTest is PoolBase {
    address private constant POCKET = address(0x90C4E7);

    Intruder private intruder;

    /// @dev Afterwards the intruder can claim a case fee and withdraw its bond.
    function setUp() public override {
        super.setUp();
        vm.etch(buyer, address(new Intruder()).code);
        intruder = Intruder(payable(buyer));
        _admit(buyer);
        vm.warp(block.timestamp + 3 days);
        vm.prank(buyer);
        pool.join{value: BOND}();
        vm.prank(buyer);
        pool.resign();
        vm.warp(block.timestamp + 30 days);
        (, bytes32 id) = _openedAnew(100);
        vm.warp(pool.roundOf(id, 1).drawUntil + 1);
        pool.close(id);
    }

    function test_openCase() external {
        _refused(CASE_FEE, abi.encodeCall(pool.openCase, (_disputedAnew(2, operator))));
    }

    function test_draw() external {
        (Terms memory terms, bytes32 id) = _openedAnew(2);
        uint256 drawBlock = pool.roundOf(id, 1).drawBlock;
        vm.roll(drawBlock + 1);
        vm.setBlockhash(drawBlock, keccak256("a block"));
        _refused(0, abi.encodeCall(pool.draw, (terms)));
    }

    function test_appeal() external {
        (Terms memory terms,) = _voted(ETH, _same(3, 5_000));
        _refused(APPEAL_BOND, abi.encodeCall(pool.appeal, (terms)));
    }

    function test_execute() external {
        (Terms memory terms, bytes32 id) = _voted(ETH, _same(3, 5_000));
        _pastAppeal(id);
        _refused(0, abi.encodeCall(pool.execute, (terms)));
    }

    function test_close() external {
        (, bytes32 id) = _openedAnew(2);
        vm.warp(pool.roundOf(id, 1).drawUntil + 1);
        _refused(0, abi.encodeCall(pool.close, (id)));
    }

    function test_withdrawCredit() external {
        BlocklistToken token = new BlocklistToken();
        token.mint(buyer, USD_PRICE);
        (Terms memory terms, bytes32 id) = _voted(address(token), _same(3, 5_000));
        _pastAppeal(id);
        token.setBlocked(address(pool), true);
        pool.execute(terms);
        token.setBlocked(address(pool), false);
        _refused(0, abi.encodeCall(pool.withdrawCredit, (address(token))));
    }

    function test_join() external {
        _refused(BOND, abi.encodeCall(pool.join, ()));
    }

    function test_claim() external {
        _refusedDuring(_withdrawal(), 0, _claim());
    }

    function test_withdrawBond() external {
        _refusedDuring(_claim(), 0, _withdrawal());
    }

    /// @dev Neither while a reward is paid nor while a bond is.
    function _refused(uint256 value, bytes memory data) private {
        uint256 snapshot = vm.snapshotState();
        _refusedDuring(_claim(), value, data);
        vm.revertToState(snapshot);
        _refusedDuring(_withdrawal(), value, data);
    }

    /// @dev Afterwards the same call succeeds: nothing but the moment was wrong with it.
    function _refusedDuring(bytes memory payment, uint256 value, bytes memory data) private {
        intruder.arm(address(pool), value, data);
        vm.assertTrue(intruder.act(address(pool), 0, payment), "paid");
        _assertAttempts(1);
        intruder.disarm();
        vm.assertTrue(intruder.act(address(pool), value, data), "allowed afterwards");
    }

    function _assertAttempts(uint256 count) private view {
        vm.assertEq(intruder.attempts(), count, "it tried");
        vm.assertEq(intruder.successes(), 0, "in vain");
        vm.assertEq(
            intruder.answer(), abi.encodeWithSignature("ReentrancyGuardReentrantCall()"), "because of the guard"
        );
    }

    /* WHILE THE FEE IS MEASURED: what came in would be counted as fee, what went out would be missing from it */

    function test_bondOutDuringTheCollection() external {
        _feeIsExactDespite(0, abi.encodeCall(pool.withdrawBond, (POCKET)));
    }

    function test_rewardOutDuringTheCollection() external {
        _feeIsExactDespite(0, abi.encodeCall(pool.claim, (ETH, POCKET)));
    }

    function test_caseFeeInDuringTheCollection() external {
        _feeIsExactDespite(CASE_FEE, abi.encodeCall(pool.openCase, (_disputedAnew(2, operator))));
    }

    /// @dev The intruder is paid twice by the escrow: as the buyer when the ruling is made, as the operator when fees are
    /// collected.
    function _feeIsExactDespite(uint256 value, bytes memory data) private {
        Terms memory terms = _disputedAnew(3, buyer);
        bytes32 id = _openCase(terms);
        _draw(terms, 1);
        _vote(id, 1, _same(3, 5_000));
        _pastAppeal(id);
        intruder.arm(address(pool), value, data);
        pool.execute(terms);
        _assertState(terms, DealState.Resolved);
        _assertAttempts(2);
        uint256 fee = 0.05 ether;
        vm.assertEq(pool.rewardOf(ETH, _panel(id, 1)[1]), fee / 3 + CASE_FEE / 3, "the fees and no more");
        _assertConserved(BOND);
    }

    /* BUILDING */

    function _claim() private view returns (bytes memory) {
        return abi.encodeCall(pool.claim, (ETH, buyer));
    }

    function _withdrawal() private view returns (bytes memory) {
        return abi.encodeCall(pool.withdrawBond, (buyer));
    }

    function _disputedAnew(uint64 salt, address operator_) private returns (Terms memory terms) {
        terms = _terms(ETH);
        terms.salt = salt;
        terms.operator = operator_;
        _open(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    /// @dev The intruder pays for it.
    function _openedAnew(uint64 salt) private returns (Terms memory terms, bytes32 id) {
        terms = _disputedAnew(salt, operator);
        vm.prank(buyer);
        id = pool.openCase{value: CASE_FEE}(terms);
    }
}
