// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../contracts/interfaces/IEscrowEvents.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Log, vm} from "../support/Vm.sol";
import {MachineCalls, Step} from "./MachineCalls.sol";

/// @notice The whole table of protocol/golden/deal-machine.json, cell by cell: every state, action, actor and time, in
/// coins and in a token, sent by the actor, signed by it and sent by a stranger, and sent in a batch.
contract DealMachine is MachineCalls {
    enum Outcome {
        Allowed,
        UnexpectedState,
        WrongCaller,
        TooEarly,
        TooLate
    }

    enum Way {
        Sent,
        Signed,
        Batched
    }

    uint256 private constant STATES = 11;
    uint256 private constant STEPS = 19;
    uint256 private constant ACTORS = 4;
    uint256 private constant TIMES = 3;
    uint256 private constant CELLS = STATES * STEPS * ACTORS * TIMES;
    uint256 private constant NO_STATE = 255;

    /// @dev One cell of the table, as it is played.
    struct Cell {
        DealState state;
        Step step;
        address actor;
        uint256 key;
        uint256 time;
        Outcome outcome;
        uint256 to;
        Way way;
        string name;
    }

    uint256[] private _states;
    uint256[] private _steps;
    uint256[] private _actors;
    uint256[] private _times;
    uint256[] private _outcomes;
    uint256[] private _tos;
    uint256[] private _allowed;
    string[] private _stateNames;
    string[] private _stepNames;
    string[] private _actorNames;
    string[] private _timeNames;
    string[] private _eventNames;
    string private _json;
    address[ACTORS] private _people;
    uint256[ACTORS] private _keys = [BUYER_KEY, SELLER_KEY, ARBITER_KEY, STRANGER_KEY];

    function setUp() public override {
        super.setUp();
        _json = vm.readFile("protocol/golden/deal-machine.json");
        _states = vm.parseJsonUintArray(_json, ".states");
        _steps = vm.parseJsonUintArray(_json, ".actions");
        _actors = vm.parseJsonUintArray(_json, ".actors");
        _times = vm.parseJsonUintArray(_json, ".times");
        _outcomes = vm.parseJsonUintArray(_json, ".outcomes");
        _tos = vm.parseJsonUintArray(_json, ".tos");
        _allowed = vm.parseJsonUintArray(_json, ".allowedBitmaps");
        _stateNames = vm.parseJsonStringArray(_json, ".stateNames");
        _stepNames = vm.parseJsonStringArray(_json, ".actionNames");
        _actorNames = vm.parseJsonStringArray(_json, ".actorNames");
        _timeNames = vm.parseJsonStringArray(_json, ".timeNames");
        _eventNames = vm.parseJsonStringArray(_json, ".eventNames");
        _people = [buyer, seller, arbiter, stranger];
        for (uint256 k = 0; k < ACTORS; ++k) {
            vm.deal(_people[k], 10 ether);
            usd.mint(_people[k], 10 * USD_PRICE);
            vm.prank(_people[k]);
            usd.approve(address(escrow), type(uint256).max);
        }
    }

    function test_TheTableHasEveryCellOnce() public view {
        bool[CELLS] memory had;
        vm.assertEq(_states.length, CELLS, "cells");
        for (uint256 i = 0; i < CELLS; ++i) {
            uint256 cell = ((_states[i] * STEPS + _steps[i]) * ACTORS + _actors[i]) * TIMES + _times[i];
            vm.assertTrue(!had[cell], "a cell twice");
            had[cell] = true;
        }
    }

    function test_TheNumbersMeanTheSame() public view {
        _assertNames(
            ".actionNames",
            "open openInPart fund fundPart cancelFunding cancelOffer ship deliver release releasePart refund refundPart reclaim claim extend dispute settle rule awardByDefault "
        );
        _assertNames(".outcomeNames", "Allowed UnexpectedState WrongCaller TooEarly TooLate ");
        _assertNames(".actorNames", "buyer seller arbiter stranger ");
        _assertNames(".timeNames", "before at after ");
    }

    function test_EveryCell_Eth_Sent() public {
        _playAll(ETH, Way.Sent);
    }

    function test_EveryCell_Eth_Signed() public {
        _playAll(ETH, Way.Signed);
    }

    function test_EveryCell_Eth_Batched() public {
        _playAll(ETH, Way.Batched);
    }

    function test_EveryCell_Token_Sent() public {
        _playAll(address(usd), Way.Sent);
    }

    function test_EveryCell_Token_Signed() public {
        _playAll(address(usd), Way.Signed);
    }

    function test_EveryCell_Token_Batched() public {
        _playAll(address(usd), Way.Batched);
    }

    function _assertNames(string memory key, string memory expected) private view {
        string[] memory names = vm.parseJsonStringArray(_json, key);
        string memory joined = "";
        for (uint256 i = 0; i < names.length; ++i) {
            joined = string.concat(joined, names[i], " ");
        }
        vm.assertEq(joined, expected, key);
    }

    function _playAll(address token, Way way) private {
        uint256 fresh = vm.snapshotState();
        uint256 played = 0;
        for (uint256 state = 0; state < STATES; ++state) {
            vm.revertToState(fresh);
            Terms memory terms = _inState(token, DealState(state));
            uint256 ready = vm.snapshotState();
            for (uint256 i = 0; i < CELLS; ++i) {
                if (_states[i] != state) continue;
                vm.revertToState(ready);
                this.play(i, way, terms);
                ++played;
            }
        }
        vm.assertEq(played, CELLS, "cells played");
    }

    /// @dev External, so that the memory of each cell is given back.
    function play(uint256 i, Way way, Terms memory terms) external {
        Cell memory cell = _cell(i, way);
        uint256 deadline = _deadlineOf(terms);
        // Terms that nobody took have no deadline: then any three moments do.
        vm.warp((deadline == 0 ? block.timestamp : deadline) + cell.time - 1);
        uint256 value = terms.token == ETH && way != Way.Signed ? _paysNow(cell.step, terms) : 0;
        bytes memory data = _dataOf(cell, terms);
        bytes memory refusal = _refusalOf(cell, terms);
        vm.recordLogs();
        vm.prank(way == Way.Signed ? stranger : cell.actor);
        (bool done, bytes memory answer) = address(escrow).call{value: value}(data);
        if (refusal.length != 0) {
            vm.assertTrue(!done, cell.name);
            vm.assertEq(answer, refusal, cell.name);
            vm.assertEq(uint256(_stateOf(terms)), uint256(cell.state), cell.name);
            return;
        }
        vm.assertTrue(done, cell.name);
        vm.assertEq(uint256(_stateOf(terms)), cell.to, cell.name);
        _assertOneEvent(cell, terms);
    }

    function _cell(uint256 i, Way way) private view returns (Cell memory cell) {
        cell.state = DealState(_states[i]);
        cell.step = Step(_steps[i]);
        cell.actor = _people[_actors[i]];
        cell.key = _keys[_actors[i]];
        cell.time = _times[i];
        cell.outcome = Outcome(_outcomes[i]);
        cell.to = _tos[i];
        cell.way = way;
        cell.name = string.concat(
            _stateNames[_states[i]], ", ", _stepNames[_steps[i]], " by ", _actorNames[_actors[i]], " ", _timeNames[_times[i]]
        );
        vm.assertEq(cell.to == NO_STATE, cell.outcome != Outcome.Allowed, "a refusal leads nowhere");
    }

    function _dataOf(Cell memory cell, Terms memory terms) private view returns (bytes memory) {
        if (cell.way == Way.Signed) return _signed(cell.step, terms, cell.actor, cell.key);
        if (cell.way == Way.Sent) return _sent(cell.step, terms, cell.actor);
        bytes[] memory calls = new bytes[](1);
        calls[0] = _sent(cell.step, terms, cell.actor);
        return abi.encodeCall(IEscrow.multicall, (calls));
    }

    /* REFUSALS */

    /// @dev The whole answer that the contract must give; empty where it must do as told.
    function _refusalOf(Cell memory cell, Terms memory terms) private view returns (bytes memory) {
        Outcome outcome = cell.outcome;
        if (cell.way == Way.Signed) {
            // Anyone may send a claim, but only the seller can sign one: the tip would be the seller's.
            if (cell.step == Step.Claim && cell.actor != seller) return _wrongCaller(cell.actor, seller);
            // A ruling says nothing of its signer: a wrong one is a wrong signature, looked at last.
            if (cell.step == Step.Rule && cell.actor != arbiter && cell.state == DealState.Disputed) {
                if (cell.time == 2) return _tooLate(terms);
                return abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, arbiter);
            }
        }
        if (outcome == Outcome.Allowed) return _cannotPull(cell, terms);
        if (outcome == Outcome.WrongCaller) return _wrongCaller(cell.actor, _expectedCaller(cell));
        if (outcome == Outcome.TooLate) return _tooLate(terms);
        if (outcome == Outcome.TooEarly) {
            return abi.encodeWithSelector(
                IEscrowErrors.TooEarly.selector, block.timestamp, _deadlineOf(terms) + 1
            );
        }
        return abi.encodeWithSelector(
            IEscrowErrors.UnexpectedState.selector, _idOf(terms), cell.state, _allowed[uint256(cell.step)]
        );
    }

    /// @dev The chain's coin comes only from who sends the call: no bid can be taken in it, nothing paid by signature.
    function _cannotPull(Cell memory cell, Terms memory terms) private view returns (bytes memory) {
        address sender = cell.way == Way.Signed ? stranger : cell.actor;
        if (terms.token != ETH || _paysNow(cell.step, terms) == 0 || sender == buyer) return "";
        return abi.encodeWithSelector(IEscrowErrors.CannotPull.selector, buyer);
    }

    function _wrongCaller(address actor, address expected) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, actor, expected);
    }

    function _tooLate(Terms memory terms) private view returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.TooLate.selector, block.timestamp, _deadlineOf(terms));
    }

    /// @dev The one account that may call; zero where either party may.
    function _expectedCaller(Cell memory cell) private view returns (address) {
        Step step = cell.step;
        if (step == Step.Extend) return cell.state == DealState.Funded ? buyer : seller;
        if (step == Step.Rule) return arbiter;
        if (step == Step.Ship || step == Step.Refund || step == Step.RefundPart) return seller;
        bool anyParty = step == Step.Deliver || step == Step.Dispute || step == Step.CancelFunding
            || step == Step.CancelOffer || step == Step.AwardByDefault;
        return anyParty ? address(0) : buyer;
    }

    /* EVENTS */

    /// @dev Of the escrow's own, and about this deal. What else a token logs does not matter.
    function _assertOneEvent(Cell memory cell, Terms memory terms) private {
        Log[] memory logs = vm.getRecordedLogs();
        uint256 found = 0;
        for (uint256 k = 0; k < logs.length; ++k) {
            if (logs[k].emitter != address(escrow)) continue;
            ++found;
            vm.assertEq(logs[k].topics[1], _idOf(terms), cell.name);
            vm.assertEq(_nameOf(logs[k].topics[0]), _eventNames[uint256(cell.step)], cell.name);
        }
        vm.assertEq(found, 1, cell.name);
    }

    function _nameOf(bytes32 topic) private pure returns (string memory) {
        if (topic == IEscrowEvents.Opened.selector) return "Opened";
        if (topic == IEscrowEvents.OpenedInPart.selector) return "OpenedInPart";
        if (topic == IEscrowEvents.FullyFunded.selector) return "FullyFunded";
        if (topic == IEscrowEvents.PartFunded.selector) return "PartFunded";
        if (topic == IEscrowEvents.FundingCancelled.selector) return "FundingCancelled";
        if (topic == IEscrowEvents.OfferVoided.selector) return "OfferVoided";
        if (topic == IEscrowEvents.Shipped.selector) return "Shipped";
        if (topic == IEscrowEvents.Delivered.selector) return "Delivered";
        if (topic == IEscrowEvents.Released.selector) return "Released";
        if (topic == IEscrowEvents.PartReleased.selector) return "PartReleased";
        if (topic == IEscrowEvents.Refunded.selector) return "Refunded";
        if (topic == IEscrowEvents.PartRefunded.selector) return "PartRefunded";
        if (topic == IEscrowEvents.Reclaimed.selector) return "Reclaimed";
        if (topic == IEscrowEvents.Claimed.selector) return "Claimed";
        if (topic == IEscrowEvents.Extended.selector) return "Extended";
        if (topic == IEscrowEvents.Disputed.selector) return "Disputed";
        if (topic == IEscrowEvents.Settled.selector) return "Settled";
        if (topic == IEscrowEvents.Ruled.selector) return "Ruled";
        if (topic == IEscrowEvents.AwardedByDefault.selector) return "AwardedByDefault";
        return "another event";
    }
}
