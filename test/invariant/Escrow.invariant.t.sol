// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Escrow} from "../../contracts/Escrow.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {ArbiterHandler, BuyerHandler, SellerHandler} from "./Handlers.sol";
import {Act, Legal} from "./Legal.sol";
import {ClockHandler, StrangerHandler} from "./Outsiders.sol";
import {World} from "./World.sol";

// The runner calls only contracts that are defined in a test file: hence these.

contract Buyers is BuyerHandler {
    constructor(World world) BuyerHandler(world) {}
}

contract Sellers is SellerHandler {
    constructor(World world) SellerHandler(world) {}
}

contract Arbiters is ArbiterHandler {
    constructor(World world) ArbiterHandler(world) {}
}

contract Strangers is StrangerHandler {
    constructor(World world) StrangerHandler(world) {}
}

contract Clock is ClockHandler {
    constructor(World world) ClockHandler(world) {}
}

/// @notice The promises of IEscrow over long histories. README.md here lists them as sentences.
contract Escrow_invariants {
    World private world;
    Escrow private escrow;
    Strangers private outsider;
    address[] private _targets;

    function setUp() public {
        world = new World();
        escrow = world.escrowAddress();
        outsider = new Strangers(world);
        _targets = [
            address(new Buyers(world)),
            address(new Sellers(world)),
            address(new Arbiters(world)),
            address(outsider),
            address(new Clock(world))
        ];
    }

    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    /// @dev All promises in one function: the runner would otherwise play the whole campaign once for each. Of the deals
    /// that ended two are drawn each time; at the end of the run all are looked at.
    function invariant_everyPromiseHolds() external view {
        _I7_everyCallWentAsTheRulesSay();
        _I1_holdingsEqualOpenDealsPlusCredits();
        uint256[] memory which = world.unended(2);
        for (uint256 k = 0; k < which.length; ++k) {
            _checkDeal(which[k]);
        }
        _I4_onlyKnownTransitions();
        _I6_strangerNeverGains();
    }

    function _checkDeal(uint256 i) private view {
        _I2_noDealPaysTwice(i);
        _I3_onlyRecordedCallsChangeAState(i);
        _I5_feesAreWithinTheTerms(i);
    }

    function _I1_holdingsEqualOpenDealsPlusCredits() private view {
        address[7] memory people = world.people();
        uint256[] memory deals = world.unended(0);
        for (uint256 which = 0; which < 3; ++which) {
            address token = world.tokenAt(which);
            uint256 owed = which == 1 ? outsider.donated() : 0;
            for (uint256 k = 0; k < deals.length; ++k) {
                // The deals' currencies go round in turn.
                if (deals[k] % 3 == which) owed += escrow.remainingOf(world.termsOf(deals[k]));
            }
            for (uint256 k = 0; k < people.length; ++k) {
                owed += escrow.creditOf(token, people[k]);
            }
            vm.assertEq(world.holdings(token), owed, "I1: holdings are open deals plus credits");
        }
    }

    function _I2_noDealPaysTwice(uint256 i) private view {
        World.Record memory record = world.recordOf(i);
        Terms memory terms = world.termsOf(i);
        uint256 paid = record.toBuyer + record.toSeller + record.toArbiter + record.toOperator;
        vm.assertEq(record.paidIn, terms.price, "I2: the buyer paid the price");
        vm.assertEq(escrow.remainingOf(terms), record.paidIn - paid, "I2: the rest is still there");
        vm.assertEq(paid == terms.price ? 1 : 0, Legal.isFinal(record.state) ? 1 : 0, "I2: all is paid when it ends");
    }

    function _I3_onlyRecordedCallsChangeAState(uint256 i) private view {
        vm.assertEq(uint256(world.stateOf(i)), uint256(world.recordOf(i).state), "I3: state as last recorded");
    }

    function _I4_onlyKnownTransitions() private view {
        for (uint256 from = 0; from <= uint256(DealState.Cancelled); ++from) {
            for (uint256 to = 0; to <= uint256(DealState.Cancelled); ++to) {
                if ((world.seen(from) >> to) & 1 == 0) continue;
                vm.assertTrue(Legal.leads(DealState(from), DealState(to)), "I4: transition is in the table");
            }
        }
    }

    function _I5_feesAreWithinTheTerms(uint256 i) private view {
        World.Record memory record = world.recordOf(i);
        Terms memory terms = world.termsOf(i);
        uint256 gross = record.toSeller + record.toOperator;
        vm.assertEq(record.toOperator, gross * terms.operatorFeeBps / 10_000, "I5: operator's fee");
        vm.assertLe(record.toArbiter, terms.price * terms.arbiterFeeBps / 10_000, "I5: arbiter's fee");
    }

    function _I6_strangerNeverGains() private view {
        for (uint256 which = 0; which < 3; ++which) {
            vm.assertEq(world.worth(world.tokenAt(which), world.strangerAddress()), 0, "I6: stranger");
        }
    }

    function _I7_everyCallWentAsTheRulesSay() private view {
        string[] memory violations = world.violations();
        vm.assertEq(violations.length == 0 ? "" : violations[0], "", "I7: violations");
    }

    /// @dev I8: whatever a history led to, waiting and one party close each deal, credits go out, and nothing is left.
    function afterInvariant() external {
        for (uint256 act = 0; act <= uint256(Act.Block); ++act) {
            vm.assertGe(world.timesDone(Act(act)), 1, Legal.nameOf(Act(act)));
        }
        for (uint256 i = 0; i < world.dealCount(); ++i) {
            _checkDeal(i);
            _close(i);
            vm.assertTrue(Legal.isFinal(world.stateOf(i)), "I8: nobody is stuck");
        }
        address[7] memory people = world.people();
        for (uint256 which = 0; which < 3; ++which) {
            address token = world.tokenAt(which);
            for (uint256 k = 0; k < people.length; ++k) {
                if (escrow.creditOf(token, people[k]) == 0) continue;
                vm.prank(people[k]);
                escrow.withdraw(token, address(0xCAFE));
            }
            vm.assertEq(world.holdings(token), which == 1 ? outsider.donated() : 0, "I8: nothing is left behind");
        }
    }

    function _close(uint256 i) private {
        Terms memory terms = world.termsOf(i);
        if (Legal.isFinal(world.stateOf(i))) return;
        vm.warp(block.timestamp + 366 days);
        if (world.stateOf(i) == DealState.Funded) {
            vm.prank(world.buyerOfDeal(i));
            escrow.reclaim(terms);
            return;
        }
        vm.startPrank(terms.seller);
        if (world.stateOf(i) == DealState.Shipped) {
            escrow.deliver(terms);
            vm.warp(block.timestamp + 366 days);
        }
        if (world.stateOf(i) == DealState.Delivered) escrow.claim(terms);
        else escrow.awardByDefault(terms);
        vm.stopPrank();
    }
}
