// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {WrongBranch} from "../../contracts/mocks/faulty/Limits.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 19: an action is taken in a state that it is not for, and pays. Every action is tried in every state by
/// whoever may take it, in time and late; all but the pairs that the state machine has are refused.
contract Finding19_WrongBranch is FindingBase {
    uint256 private constant ACTIONS = 14;
    uint256 private constant STATES = 11;

    function test_EscrowRefusesEveryPairThatIsNotTheMachines() public {
        for (uint256 state = 0; state < STATES; ++state) {
            uint256 snapshot = vm.snapshotState();
            Terms memory terms = _inState(ETH, DealState(state));
            vm.deal(seller, 0);
            _tryAll(terms, state, false);
            vm.warp(_deadlineOf(terms) < block.timestamp ? block.timestamp + 1 : _deadlineOf(terms) + 1);
            _tryAll(terms, state, true);
            vm.revertToState(snapshot);
        }
    }

    function test_FaultyEscrowPaysAgain() public {
        WrongBranch faulty = new WrongBranch();
        usd.mint(address(faulty), 2 * PRICE);
        faulty.release(address(usd), seller, PRICE);
        bytes memory rule = abi.encodeCall(faulty.rule, (address(usd), buyer, PRICE));
        vm.assertTrue(_attack(arbiter, address(faulty), 0, rule), "ruled");
        vm.assertEq(usd.balanceOf(address(faulty)), 0, "and paid with another deal's money");
    }

    function _tryAll(Terms memory terms, uint256 state, bool late) private {
        for (uint256 action = 0; action < ACTIONS; ++action) {
            uint256 snapshot = vm.snapshotState();
            uint256 value = action == 11 ? terms.price * 3 / 4 : 0;
            bool done = _attack(_actor(action, state), address(escrow), value, _call(terms, action));
            bool legal = _legal(action, late) >> state & 1 == 1;
            bytes memory pair = abi.encodePacked("action ", _digits(action), " in state ", _digits(state));
            vm.assertTrue(done == legal, string(pair));
            vm.revertToState(snapshot);
        }
    }

    function _attack(address by, address target, uint256 value, bytes memory call) private returns (bool done) {
        (done,) = _tryWith(value, by, target, call);
    }

    function _call(Terms memory terms, uint256 action) private view returns (bytes memory) {
        if (action == 0) return _release(terms);
        if (action == 1) return abi.encodeCall(IEscrow.releasePart, (terms, 1));
        if (action == 2) return abi.encodeCall(IEscrow.refund, (terms));
        if (action == 3) return abi.encodeCall(IEscrow.refundPart, (terms, 1));
        if (action == 4) return abi.encodeCall(IEscrow.ship, (terms, TRACKING));
        if (action == 5) return abi.encodeCall(IEscrow.deliver, (terms));
        if (action == 6) return abi.encodeCall(IEscrow.reclaim, (terms));
        if (action == 7) return abi.encodeCall(IEscrow.claim, (terms));
        if (action == 8) return abi.encodeCall(IEscrow.dispute, (terms, STATEMENT));
        if (action == 9) return abi.encodeCall(IEscrow.rule, (terms, 5_000, REASON, ""));
        if (action == 10) return abi.encodeCall(IEscrow.awardByDefault, (terms));
        if (action == 11) return abi.encodeCall(IEscrow.fund, (terms, terms.price * 3 / 4));
        if (action == 12) return abi.encodeCall(IEscrow.cancelFunding, (terms));
        return abi.encodeCall(IEscrow.cancelOffer, (terms));
    }

    /// @dev Disputes by whom the deadline of the state does not bind, so that time is tested by finding 4 alone.
    function _actor(uint256 action, uint256 state) private view returns (address) {
        if (action == 8) return DealState(state) == DealState.Delivered ? seller : buyer;
        if (action == 2 || action == 3 || action == 4 || action == 13) return seller;
        return action == 9 ? arbiter : buyer;
    }

    /// @dev The states in which an action is legal, one bit each.
    function _legal(uint256 action, bool late) private pure returns (uint256) {
        uint256 underway = _bit(DealState.Funded) | _bit(DealState.Shipped) | _bit(DealState.Delivered);
        if (action < 4 || action == 8) return underway;
        if (action == 4) return late ? 0 : _bit(DealState.Funded);
        if (action == 5) return _bit(DealState.Shipped);
        if (action == 6) return late ? _bit(DealState.Funded) : 0;
        if (action == 7) return late ? _bit(DealState.Delivered) : 0;
        if (action == 9) return late ? 0 : _bit(DealState.Disputed);
        if (action == 10) return late ? _bit(DealState.Disputed) : 0;
        if (action == 11) return late ? 0 : _bit(DealState.PartlyFunded);
        if (action == 12) return late ? _bit(DealState.PartlyFunded) : 0;
        return _bit(DealState.None);
    }

    function _bit(DealState state) private pure returns (uint256) {
        return 1 << uint256(state);
    }

    function _digits(uint256 value) private pure returns (bytes memory) {
        return abi.encodePacked(bytes1(uint8(48 + value / 10)), bytes1(uint8(48 + value % 10)));
    }
}
