// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {IArbiterPoolEvents} from "../../../contracts/interfaces/IArbiterPoolEvents.sol";
import {Puppet} from "../../../contracts/mocks/parties/Receivers.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Phase, Seat} from "../../../contracts/types/PoolTypes.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Sealed votes: laid down by the arbiter or for it, opened by anyone who knows the secret.
contract VotesTest is PoolBase {
    uint256 private constant WALLET_KEY = 0x3A11E7;

    function test_commitThenReveal() external {
        (, bytes32 id) = _drawn(ETH);
        address member = _panel(id, 1)[1];
        bytes32 commitment = _commitment(id, member, 4_321);
        vm.assertEq(pool.commitmentOf(id, member, 4_321, _reason(member), SECRET), commitment, "as documented");
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.VoteCommitted(id, member, commitment);
        vm.prank(member);
        pool.commit(id, member, commitment, "");
        vm.warp(pool.roundOf(id, 1).commitUntil);
        _assertPhase(id, Phase.Committing);
        vm.warp(block.timestamp + 1);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.VoteRevealed(id, member, 4_321, _reason(member));
        vm.prank(stranger);
        pool.reveal(id, member, 4_321, _reason(member), SECRET);
        Seat memory seat = pool.seatOf(id, member);
        vm.assertTrue(seat.revealed, "revealed");
        vm.assertEq(seat.buyerBps, 4_321, "vote");
        vm.assertEq(pool.roundOf(id, 1).revealed, 1, "counted");
    }

    function test_commit_bySignature() external {
        (, bytes32 id) = _drawn(ETH);
        address member = _panel(id, 1)[0];
        bytes32 commitment = _commitment(id, member, 1);
        bytes memory signature = _signCommit(_keyOf(member), id, member, commitment);
        vm.prank(stranger);
        pool.commit(id, member, commitment, signature);
        vm.assertEq(pool.seatOf(id, member).commitment, commitment, "laid down");
    }

    function test_commit_refusesWrongSignatures() external {
        (, bytes32 id) = _drawn(ETH);
        address member = _panel(id, 1)[0];
        bytes32 commitment = _commitment(id, member, 1);
        bytes memory other = _signCommit(_keyOf(member), id, member, _commitment(id, member, 2));
        bytes memory stolen = _signCommit(STRANGER_KEY, id, member, commitment);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.WrongVoteSignature.selector, member));
        pool.commit(id, member, commitment, other);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.WrongVoteSignature.selector, member));
        pool.commit(id, member, commitment, stolen);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.WrongVoteSignature.selector, member));
        pool.commit(id, member, commitment, "");
    }

    /// @dev An arbiter may be a contract, whose owner signs for it by ERC-1271.
    function test_commit_byAContractsSignature() external {
        Puppet wallet = new Puppet(vm.addr(WALLET_KEY));
        _admit(address(wallet));
        vm.warp(block.timestamp + 3 days);
        vm.deal(address(this), BOND);
        wallet.act{value: BOND}(address(pool), abi.encodeCall(pool.join, ()));
        bytes32 id = _drawnWith(address(wallet));
        bytes32 commitment = _commitment(id, address(wallet), 1);
        bytes memory stolen = _signCommit(STRANGER_KEY, id, address(wallet), commitment);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.WrongVoteSignature.selector, address(wallet)));
        pool.commit(id, address(wallet), commitment, stolen);
        bytes memory signature = _signCommit(WALLET_KEY, id, address(wallet), commitment);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.WrongVoteSignature.selector, address(wallet)));
        pool.commit(id, address(wallet), SECRET, signature);
        pool.commit(id, address(wallet), commitment, signature);
        vm.assertEq(pool.seatOf(id, address(wallet)).commitment, commitment, "laid down");
    }

    /// @dev Tries one hash after the other, until the lot falls on this one.
    function _drawnWith(address member) private returns (bytes32 id) {
        Terms memory terms;
        (terms, id) = _opened(ETH);
        uint256 drawBlock = pool.roundOf(id, 1).drawBlock;
        vm.roll(drawBlock + 1);
        for (uint256 i = 0; pool.seatOf(id, member).round == 0; ++i) {
            uint256 snapshot = vm.snapshotState();
            vm.setBlockhash(drawBlock, keccak256(abi.encode(i)));
            pool.draw(terms);
            if (pool.seatOf(id, member).round == 0) vm.revertToState(snapshot);
        }
    }

    /// @dev Who lays down a vote when there is nothing left to judge has no part in the case fee.
    function test_commit_refusedOnceTheDealIsSettled() external {
        (Terms memory terms, bytes32 id) = _drawn(ETH);
        address member = _panel(id, 1)[0];
        _settle(terms, 1);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.DealNotDisputed.selector, id, DealState.Settled));
        vm.prank(member);
        pool.commit(id, member, SECRET, "");
    }

    function test_commit_refusals() external {
        (, bytes32 id) = _opened(ETH);
        _expectPhase(id, Phase.Drawing, Phase.Committing);
        pool.commit(id, seller, SECRET, "");
        (, id) = _drawnAnew();
        address member = _panel(id, 1)[0];
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.NotOnPanel.selector, id, stranger));
        pool.commit(id, stranger, SECRET, "");
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.EmptyCommitment.selector));
        pool.commit(id, member, 0, "");
        _commit(id, member, 5);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.AlreadyCommitted.selector, id, member));
        vm.prank(member);
        pool.commit(id, member, SECRET, "");
        vm.warp(pool.roundOf(id, 1).commitUntil + 1);
        _expectPhase(id, Phase.Revealing, Phase.Committing);
        pool.commit(id, member, SECRET, "");
    }

    function _drawnAnew() private returns (bool, bytes32 id) {
        id = _idOf(_terms(ETH));
        _draw(_terms(ETH), 1);
        return (true, id);
    }

    function test_reveal_refusals() external {
        (, bytes32 id) = _drawn(ETH);
        address[] memory panel = _panel(id, 1);
        _commit(id, panel[0], 5_000);
        _commit(id, panel[1], 10_001);
        _expectPhase(id, Phase.Committing, Phase.Revealing);
        pool.reveal(id, panel[0], 5_000, _reason(panel[0]), SECRET);
        vm.warp(pool.roundOf(id, 1).commitUntil + 1);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.NotOnPanel.selector, id, stranger));
        pool.reveal(id, stranger, 5_000, 0, SECRET);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.NotCommitted.selector, id, panel[2]));
        pool.reveal(id, panel[2], 5_000, 0, SECRET);
        _expectMismatch(id, panel[0], 5_001);
        pool.reveal(id, panel[0], 5_001, _reason(panel[0]), SECRET);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.VoteOutOfRange.selector, 10_001, 10_000));
        pool.reveal(id, panel[1], 10_001, _reason(panel[1]), SECRET);
        pool.reveal(id, panel[0], 5_000, _reason(panel[0]), SECRET);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.AlreadyRevealed.selector, id, panel[0]));
        pool.reveal(id, panel[0], 5_000, _reason(panel[0]), SECRET);
        vm.warp(pool.roundOf(id, 1).revealUntil + 1);
        _expectPhase(id, Phase.Failed, Phase.Revealing);
        pool.reveal(id, panel[1], 10_001, _reason(panel[1]), SECRET);
    }

    /// @dev All for the seller and all for the buyer are votes like others.
    function test_reveal_theWholeRange() external {
        (, bytes32 id) = _voted(ETH, _votes(0, 10_000));
        vm.assertEq(pool.seatOf(id, _panel(id, 1)[0]).buyerBps, 0, "nothing");
        vm.assertEq(pool.seatOf(id, _panel(id, 1)[1]).buyerBps, 10_000, "everything");
        vm.assertEq(pool.roundOf(id, 1).revealed, 2, "both count");
    }

    /// @dev What one arbiter laid down cannot be used by another who copies it.
    function test_reveal_copiedCommitmentIsWorthless() external {
        (, bytes32 id) = _drawn(ETH);
        address[] memory panel = _panel(id, 1);
        _commit(id, panel[0], 5_000);
        bytes32 copied = _commitment(id, panel[0], 5_000);
        vm.prank(panel[1]);
        pool.commit(id, panel[1], copied, "");
        vm.warp(pool.roundOf(id, 1).commitUntil + 1);
        bytes32 given = keccak256(abi.encode(id, panel[1], uint16(5_000), _reason(panel[0]), SECRET));
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.CommitmentMismatch.selector, copied, given));
        pool.reveal(id, panel[1], 5_000, _reason(panel[0]), SECRET);
    }

    /// @dev The lower of the two in the middle, whatever the order; each vote 0 to 10,000.
    function testFuzz_outcomeIsTheLowerMedian(uint16[7] memory raw, uint8 count) external {
        uint256 n = _bound(count, 4, 7);
        (, bytes32 id) = _afterAppeal(raw, n);
        uint256 outcome = pool.outcomeOf(id).buyerBps;
        uint256 below;
        uint256 above;
        for (uint256 i = 0; i < n; ++i) {
            if (raw[i] < outcome) ++below;
            if (raw[i] > outcome) ++above;
        }
        vm.assertLe(below, (n - 1) / 2, "not more below than the lower middle has");
        vm.assertLe(above, n / 2, "not more above than the lower middle has");
        vm.assertEq(pool.outcomeOf(id).round, 2, "the appeal's");
    }

    function _afterAppeal(uint16[7] memory raw, uint256 n) private returns (bool, bytes32 id) {
        uint16[] memory votes = new uint16[](n);
        for (uint256 i = 0; i < n; ++i) {
            votes[i] = raw[i] = uint16(raw[i] % 10_001);
        }
        (, id) = _appealed(ETH, _same(3, 4_000), buyer);
        _draw(_terms(ETH), 2);
        _vote(id, 2, votes);
        return (true, id);
    }

    function _expect(bytes memory refusal) private {
        vm.expectRevert(refusal);
    }

    function _expectMismatch(bytes32 id, address member, uint16 bps) private {
        bytes32 committed = pool.seatOf(id, member).commitment;
        bytes32 given = _commitment(id, member, bps);
        _expect(abi.encodeWithSelector(IArbiterPoolErrors.CommitmentMismatch.selector, committed, given));
    }

    function _keyOf(address member) private pure returns (uint256 key) {
        for (uint256 i = 0; i < ARBITERS; ++i) {
            if (_arbiter(i) == member) return _key(i);
        }
    }

    function _signCommit(uint256 key, bytes32 id, address member, bytes32 commitment)
        private
        view
        returns (bytes memory)
    {
        bytes32 typehash = keccak256("Commit(bytes32 caseId,address arbiter,bytes32 commitment)");
        bytes32 domain = Digests.domain("Fairhold ArbiterPool", address(pool));
        bytes32 structHash = keccak256(abi.encode(typehash, id, member, commitment));
        return _sign(key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
    }
}
