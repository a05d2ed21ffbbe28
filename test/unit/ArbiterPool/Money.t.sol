// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BareToken, ReturningToken} from "../../../contracts/mocks/tokens/BareToken.sol";
import {BlocklistToken} from "../../../contracts/mocks/tokens/Refusals.sol";
import {IArbiterPool} from "../../../contracts/interfaces/IArbiterPool.sol";
import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {IArbiterPoolEvents} from "../../../contracts/interfaces/IArbiterPoolEvents.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Phase} from "../../../contracts/types/PoolTypes.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice An operator who, at the moment the escrow pays it, brings its bond back to the pool.
contract DepositingOperator {
    IArbiterPool private immutable POOL;
    bool public tried;
    bool public succeeded;
    bytes public answer;

    constructor(IArbiterPool pool) payable {
        POOL = pool;
    }

    function join() external {
        POOL.join{value: 1 ether}();
    }

    function resign() external {
        POOL.resign();
    }

    receive() external payable {
        tried = true;
        (succeeded, answer) = address(POOL).call{value: 1 ether}(abi.encodeCall(IArbiterPool.join, ()));
    }
}

/// @notice Says what it is told to say about balances, once told.
contract LyingToken is ReturningToken {
    uint256 public lie;

    error NoBalance();

    function tell(uint256 which) external {
        lie = which;
    }

    function balanceOf(address account) public view override returns (uint256) {
        if (lie == 1) revert NoBalance();
        if (lie == 2) return type(uint256).max;
        if (lie == 3) return gasleft();
        return super.balanceOf(account);
    }
}

/// @notice Claims, tokens and recipients that misbehave, and that no coin is lost or counted twice.
contract MoneyTest is PoolBase {
    address private constant POCKET = address(0x90C4E7);

    function test_claim() external {
        (Terms memory terms, bytes32 id) = _voted(ETH, _same(3, 5_000));
        _pastAppeal(id);
        pool.execute(terms);
        address member = _panel(id, 1)[1];
        uint256 due = uint256(0.05 ether) / 3 + CASE_FEE / 3;
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Claimed(member, ETH, POCKET, due);
        vm.prank(member);
        pool.claim(ETH, POCKET);
        vm.assertEq(POCKET.balance, due, "paid");
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.NothingToClaim.selector, ETH, member));
        vm.prank(member);
        pool.claim(ETH, POCKET);
        _assertConserved(0);
    }

    function test_claim_inDollarsAndToARefuser() external {
        (Terms memory terms, bytes32 id) = _voted(address(usd), _same(2, 5_000));
        _pastAppeal(id);
        pool.execute(terms);
        address member = _panel(id, 1)[1];
        vm.prank(member);
        pool.claim(address(usd), POCKET);
        vm.assertEq(usd.balanceOf(POCKET), 2.5e6, "half the fee");
        vm.expectRevert(
            abi.encodeWithSelector(
                IArbiterPoolErrors.SendFailed.selector, ETH, address(usd), (SLASH + CASE_FEE) / 2
            )
        );
        vm.prank(member);
        pool.claim(ETH, address(usd));
        vm.assertEq(pool.rewardOf(ETH, member), (SLASH + CASE_FEE) / 2, "still owed");
    }

    function test_receive_onlyFromTheEscrow() external {
        (bool sent, bytes memory refusal) = address(pool).call{value: 1}("");
        vm.assertTrue(!sent, "refused");
        vm.assertEq(
            refusal, abi.encodeWithSelector(IArbiterPoolErrors.UnexpectedCoins.selector, address(this)), "by name"
        );
    }

    /// @dev So a fee in coins never waits in the escrow, whose payments come with at least the stipend.
    function test_receive_needsNoMoreThanTheStipend() external {
        vm.deal(address(escrow), 1);
        address to = address(pool);
        bool sent;
        vm.prank(address(escrow));
        assembly ("memory-safe") {
            sent := call(0, to, 1, 0, 0, 0, 0)
        }
        vm.assertTrue(sent, "taken");
    }

    function _executedIn(BareToken token) private returns (Terms memory terms, bytes32 id) {
        token.mint(buyer, USD_PRICE);
        (terms, id) = _voted(address(token), _same(3, 5_000));
        _pastAppeal(id);
    }

    /// @dev A token that refuses the pool: the fee waits in the escrow, counted, until the token lets it through.
    function test_execute_creditedFeeIsCountedAndFetched() external {
        BlocklistToken token = new BlocklistToken();
        (Terms memory terms, bytes32 id) = _executedIn(token);
        token.setBlocked(address(pool), true);
        pool.execute(terms);
        address member = _panel(id, 1)[0];
        uint256 due = pool.rewardOf(address(token), member);
        vm.assertEq(due, 5e6 - 2 * (uint256(5e6) / 3), "counted");
        vm.assertEq(escrow.creditOf(address(token), address(pool)), 5e6, "waits");
        token.setBlocked(address(pool), false);
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.SendFailed.selector, address(token), POCKET, due)
        );
        vm.prank(member);
        pool.claim(address(token), POCKET);
        pool.withdrawCredit(address(token));
        vm.prank(member);
        pool.claim(address(token), POCKET);
        vm.assertEq(token.balanceOf(POCKET), due, "paid");
    }

    /// @dev Whatever a token says of balances, the ruling goes through and coins are shared as ever.
    function test_execute_lyingTokens() external {
        for (uint256 lie = 1; lie <= 3; ++lie) {
            uint256 snapshot = vm.snapshotState();
            LyingToken token = new LyingToken();
            (Terms memory terms, bytes32 id) = _executedIn(token);
            token.tell(lie);
            pool.execute(terms);
            _assertState(terms, DealState.Resolved);
            vm.assertEq(pool.rewardOf(address(token), _panel(id, 1)[0]), 0, "no fee seen");
            _assertConserved(0);
            vm.revertToState(snapshot);
        }
    }

    /// @dev Coins that come in as a bond while the fee is measured would be counted twice.
    function test_execute_bondDuringTheCollectionIsRefused() external {
        DepositingOperator depositor = new DepositingOperator(pool);
        vm.deal(address(depositor), 2 ether);
        _admit(address(depositor));
        vm.warp(block.timestamp + 3 days);
        depositor.join();
        depositor.resign();
        Terms memory terms = _terms(ETH);
        terms.operator = address(depositor);
        _open(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        bytes32 id = _openCase(terms);
        _draw(terms, 1);
        _vote(id, 1, _same(3, 5_000));
        _pastAppeal(id);
        pool.execute(terms);
        vm.assertTrue(depositor.tried() && !depositor.succeeded(), "refused");
        vm.assertEq(
            bytes32(depositor.answer()), bytes32(bytes4(keccak256("ReentrancyGuardReentrantCall()"))), "by the guard"
        );
        uint256 due = uint256(0.05 ether) / 3 + CASE_FEE / 3;
        vm.assertEq(pool.rewardOf(ETH, _panel(id, 1)[1]), due, "the fees and no more");
    }

    /// @dev Several cases with any number of votes, appealed or not, settled at any moment or not, ended or left to time: all
    /// coins are accounted for at every end, and nobody stays bound.
    function testFuzz_conservation(uint256 seed) external {
        for (uint256 k = 0; k < 4; ++k) {
            seed = uint256(keccak256(abi.encode(seed, k)));
            _refill();
            Terms memory terms = _terms(seed % 2 == 0 ? ETH : address(usd));
            terms.salt = uint64(k + 1);
            _open(terms);
            vm.prank(buyer);
            escrow.dispute(terms, STATEMENT);
            bytes32 id = _openCase(terms);
            _assertConserved(CASE_FEE);
            _randomCourse(terms, id, seed >> 8);
            bool isOpen = pool.phaseOf(id) != Phase.Closed;
            if (isOpen) pool.phaseOf(id) == Phase.Executable ? pool.execute(terms) : pool.close(id);
            _assertPhase(id, Phase.Closed);
            _assertConserved(0);
            _assertAllFree();
        }
    }

    function _randomCourse(Terms memory terms, bytes32 id, uint256 seed) private {
        if (seed % 8 == 0) return vm.warp(pool.roundOf(id, 1).drawUntil + 1);
        if ((seed >> 72) % 8 == 0) return _settleAndWait(terms, seed);
        _draw(terms, 1);
        if ((seed >> 80) % 8 == 0) _commit(id, _panel(id, 1)[seed % 3], 5_000);
        if ((seed >> 88) % 6 == 0) return _settleAndWait(terms, seed);
        if (pool.seatOf(id, _panel(id, 1)[seed % 3]).commitment == 0) _vote(id, 1, _random((seed >> 8) % 4, seed));
        else vm.warp(pool.roundOf(id, 1).revealUntil + 1);
        if (pool.phaseOf(id) != Phase.Appealable) return;
        if ((seed >> 16) % 3 != 0) {
            vm.prank((seed >> 24) % 2 == 0 ? buyer : seller);
            pool.appeal{value: APPEAL_BOND}(terms);
            _assertConserved(APPEAL_BOND + CASE_FEE);
            if ((seed >> 32) % 6 == 0) return vm.warp(pool.roundOf(id, 2).drawUntil + 1);
            _draw(terms, 2);
            _vote(id, 2, _random((seed >> 40) % 8, seed >> 48));
        }
        if ((seed >> 64) % 4 == 0) _settle(terms, 1);
        _pastAppeal(id);
        if (pool.roundOf(id, 2).revealUntil >= block.timestamp) vm.warp(pool.roundOf(id, 2).revealUntil + 1);
    }

    /// @dev The case is closed at once, or after all its times.
    function _settleAndWait(Terms memory terms, uint256 seed) private {
        _settle(terms, 1);
        if ((seed >> 96) % 2 == 0) vm.warp(block.timestamp + SECONDS_NEEDED);
    }

    function _random(uint256 count, uint256 seed) private pure returns (uint16[] memory votes) {
        votes = new uint16[](count);
        for (uint256 i = 0; i < count; ++i) {
            votes[i] = uint16(uint256(keccak256(abi.encode(seed, i))) % 10_001);
        }
    }

    /// @dev Whoever was slashed below the bond comes back.
    function _refill() private {
        for (uint256 i = 0; i < ARBITERS; ++i) {
            if (pool.memberOf(_arbiter(i)).place == 0) _join(_arbiter(i), BOND - _bondOf(_arbiter(i)));
        }
    }
}
