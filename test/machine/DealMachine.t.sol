// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Escrow} from "../../contracts/Escrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Base} from "../support/Base.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";

/// @notice The whole table of protocol/golden/deal-machine.json, cell by cell: every state, action, actor and time.
contract DealMachine is Base {
    // Names of the numbers in the golden file; the first test compares them with the file's own lists.
    enum Action {
        Open,
        CancelOffer,
        Ship,
        Deliver,
        Release,
        ReleasePart,
        Refund,
        RefundPart,
        Reclaim,
        Claim,
        Extend,
        Dispute,
        Settle,
        Rule,
        AwardByDefault
    }

    enum Outcome {
        Allowed,
        UnexpectedState,
        WrongCaller,
        TooEarly,
        TooLate,
        SameParty,
        ArbiterIsParty
    }

    uint256 private constant STATES = 11;
    uint256 private constant ACTIONS = 15;
    uint256 private constant ACTORS = 4;
    uint256 private constant TIMES = 3;
    uint256 private constant CELLS = STATES * ACTIONS * ACTORS * TIMES;
    /// @dev Storage slot of the contract's mapping of deals: EIP712 holds two before it.
    uint256 private constant DEALS_SLOT = 2;

    uint256[] private _states;
    uint256[] private _actions;
    uint256[] private _actors;
    uint256[] private _times;
    uint256[] private _outcomes;
    uint256[] private _tos;
    uint256[] private _allowed;
    address[ACTORS] private _people;
    string[] private _stateNames;
    string[] private _actionNames;
    string[] private _actorNames;
    string[] private _timeNames;
    string private _json;

    function setUp() public override {
        super.setUp();
        _json = vm.readFile("protocol/golden/deal-machine.json");
        _states = vm.parseJsonUintArray(_json, ".states");
        _actions = vm.parseJsonUintArray(_json, ".actions");
        _actors = vm.parseJsonUintArray(_json, ".actors");
        _times = vm.parseJsonUintArray(_json, ".times");
        _outcomes = vm.parseJsonUintArray(_json, ".outcomes");
        _tos = vm.parseJsonUintArray(_json, ".tos");
        _allowed = vm.parseJsonUintArray(_json, ".allowedBitmaps");
        _stateNames = vm.parseJsonStringArray(_json, ".stateNames");
        _actionNames = vm.parseJsonStringArray(_json, ".actionNames");
        _actorNames = vm.parseJsonStringArray(_json, ".actorNames");
        _timeNames = vm.parseJsonStringArray(_json, ".timeNames");
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
            uint256 cell = ((_states[i] * ACTIONS + _actions[i]) * ACTORS + _actors[i]) * TIMES + _times[i];
            vm.assertTrue(!had[cell], "a cell twice");
            had[cell] = true;
        }
    }

    function test_TheNumbersMeanTheSame() public view {
        _assertNames(
            ".actionNames",
            "open cancelOffer ship deliver release releasePart refund refundPart reclaim claim extend dispute settle rule awardByDefault "
        );
        _assertNames(
            ".outcomeNames", "Allowed UnexpectedState WrongCaller TooEarly TooLate SameParty ArbiterIsParty "
        );
        _assertNames(".actorNames", "buyer seller arbiter stranger ");
        _assertNames(".timeNames", "before at after ");
    }

    function test_EveryCell_Eth() public {
        _playAll(ETH);
    }

    function test_EveryCell_Token() public {
        _playAll(address(usd));
    }

    function _assertNames(string memory key, string memory expected) private view {
        string[] memory names = vm.parseJsonStringArray(_json, key);
        string memory joined = "";
        for (uint256 i = 0; i < names.length; ++i) {
            joined = string.concat(joined, names[i], " ");
        }
        vm.assertEq(joined, expected, key);
    }

    function _playAll(address token) private {
        uint256 fresh = vm.snapshotState();
        uint256 played = 0;
        for (uint256 state = 0; state < STATES; ++state) {
            vm.revertToState(fresh);
            Terms memory terms = _reach(token, DealState(state));
            uint256 ready = vm.snapshotState();
            for (uint256 i = 0; i < CELLS; ++i) {
                if (_states[i] != state) continue;
                vm.revertToState(ready);
                this.play(i, terms);
                ++played;
            }
        }
        vm.assertEq(played, CELLS, "cells played");
    }

    /// @dev External, so that the memory of each cell is given back.
    function play(uint256 i, Terms memory terms) external {
        uint256 deadline = _deadlineOf(terms);
        // Terms that nobody took have no deadline: then any three moments do.
        vm.warp((deadline == 0 ? block.timestamp : deadline) + _times[i] - 1);
        address actor = _people[_actors[i]];
        Action action = Action(_actions[i]);
        bytes memory data = _callOf(action, terms);
        uint256 value = action == Action.Open && terms.token == ETH ? terms.price : 0;
        vm.prank(actor);
        (bool done, bytes memory answer) = address(escrow).call{value: value}(data);
        if (Outcome(_outcomes[i]) == Outcome.Allowed) {
            vm.assertTrue(done, _nameOf(i));
            vm.assertEq(uint256(_stateOf(terms)), _tos[i], _nameOf(i));
            return;
        }
        vm.assertTrue(!done, _nameOf(i));
        vm.assertEq(answer, _errorOf(i, terms, actor), _nameOf(i));
        vm.assertEq(uint256(_stateOf(terms)), _states[i], _nameOf(i));
        vm.assertEq(_tos[i], 255, "a refusal leads nowhere");
    }

    function _errorOf(uint256 i, Terms memory terms, address actor) private view returns (bytes memory) {
        Outcome outcome = Outcome(_outcomes[i]);
        if (outcome == Outcome.UnexpectedState) {
            return abi.encodeWithSelector(
                IEscrowErrors.UnexpectedState.selector, _idOf(terms), _states[i], _allowed[_actions[i]]
            );
        }
        if (outcome == Outcome.WrongCaller) {
            address expected = _expectedCaller(Action(_actions[i]), DealState(_states[i]));
            return abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, actor, expected);
        }
        uint256 deadline = _deadlineOf(terms);
        if (outcome == Outcome.TooEarly) {
            return abi.encodeWithSelector(IEscrowErrors.TooEarly.selector, block.timestamp, deadline + 1);
        }
        if (outcome == Outcome.TooLate) {
            return abi.encodeWithSelector(IEscrowErrors.TooLate.selector, block.timestamp, deadline);
        }
        if (outcome == Outcome.SameParty) return abi.encodeWithSelector(IEscrowErrors.SameParty.selector, actor);
        return abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, arbiter);
    }

    /// @dev The one account that may call; zero where either party may.
    function _expectedCaller(Action action, DealState state) private view returns (address) {
        if (action == Action.Extend) return state == DealState.Funded ? buyer : seller;
        if (action == Action.Rule) return arbiter;
        if (action == Action.Ship || action == Action.Refund || action == Action.RefundPart) return seller;
        if (
            action == Action.Open || action == Action.Release || action == Action.ReleasePart
                || action == Action.Reclaim
        ) return buyer;
        return address(0);
    }

    function _callOf(Action action, Terms memory terms) private view returns (bytes memory) {
        if (action == Action.Open) return _openCall(terms);
        if (action == Action.CancelOffer) return abi.encodeCall(Escrow.cancelOffer, (terms));
        if (action == Action.Ship) return abi.encodeCall(Escrow.ship, (terms, TRACKING));
        if (action == Action.Deliver) return abi.encodeCall(Escrow.deliver, (terms));
        if (action == Action.Release) return abi.encodeCall(Escrow.release, (terms));
        if (action == Action.ReleasePart) return abi.encodeCall(Escrow.releasePart, (terms, 1));
        if (action == Action.Refund) return abi.encodeCall(Escrow.refund, (terms));
        if (action == Action.RefundPart) return abi.encodeCall(Escrow.refundPart, (terms, 1));
        if (action == Action.Reclaim) return abi.encodeCall(Escrow.reclaim, (terms));
        if (action == Action.Claim) return abi.encodeCall(Escrow.claim, (terms));
        if (action == Action.Dispute) return abi.encodeCall(Escrow.dispute, (terms, STATEMENT));
        if (action == Action.Rule) return abi.encodeCall(Escrow.rule, (terms, 5_000, REASON, ""));
        if (action == Action.AwardByDefault) return abi.encodeCall(Escrow.awardByDefault, (terms));
        if (action == Action.Settle) return _settleCall(terms);
        uint256 deadline = _deadlineOf(terms);
        if (deadline < block.timestamp) deadline = block.timestamp;
        return abi.encodeCall(Escrow.extend, (terms, uint40(deadline + 1)));
    }

    function _openCall(Terms memory terms) private view returns (bytes memory) {
        Offer memory offer = Offer(terms, type(uint40).max, 0, 1);
        return abi.encodeCall(Escrow.open, (offer, 0, _signOffer(offer)));
    }

    function _settleCall(Terms memory terms) private view returns (bytes memory) {
        uint128 remaining = uint128(terms.price);
        bytes32 digest = Digests.settlement(address(escrow), _idOf(terms), 1, remaining, type(uint40).max);
        return abi.encodeCall(
            Escrow.settle,
            (terms, 1, remaining, type(uint40).max, _sign(BUYER_KEY, digest), _sign(SELLER_KEY, digest))
        );
    }

    /// @dev The golden terms name both parties. No call leads to PartlyFunded yet: it is written into the slot.
    function _reach(address token, DealState state) private returns (Terms memory terms) {
        if (state != DealState.PartlyFunded) return _inState(token, state);
        terms = _funded(token);
        bytes32 slot = keccak256(abi.encode(_idOf(terms), DEALS_SLOT));
        uint256 packed = uint256(uint160(buyer)) | (block.timestamp + SHIP) << 160 | uint256(state) << 200;
        vm.store(address(escrow), slot, bytes32(packed));
        _assertState(terms, state);
    }

    function _terms(address token) internal view override returns (Terms memory terms) {
        terms = super._terms(token);
        terms.buyer = buyer;
    }

    function _nameOf(uint256 i) private view returns (string memory) {
        return string.concat(
            _stateNames[_states[i]],
            ", ",
            _actionNames[_actions[i]],
            " by ",
            _actorNames[_actors[i]],
            " ",
            _timeNames[_times[i]]
        );
    }
}
