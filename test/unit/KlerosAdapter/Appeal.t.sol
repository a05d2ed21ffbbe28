// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IKlerosAdapter} from "../../../contracts/interfaces/IKlerosAdapter.sol";
import {IArbitrator} from "../../../contracts/interfaces/external/IArbitrator.sol";
import {CourtMock} from "../../../contracts/mocks/CourtMock.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {KlerosBase} from "./KlerosBase.sol";

contract KlerosAdapter_appeal is KlerosBase {
    Terms private deal;
    uint256 private disputeID;

    function setUp() public override {
        super.setUp();
        deal = _disputedWith(_terms(ETH));
        disputeID = _request(deal, buyer, COST);
        court.giveRuling(disputeID, 2);
    }

    function test_PaysTheCourtAndTheNextRulingCounts() public {
        bytes32 id = _idOf(deal);
        vm.expectEmit(address(adapter));
        emit IKlerosAdapter.RulingAppealed(id, disputeID, stranger, APPEAL_COST, uint40(_deadlineOf(deal)));
        _appeal(disputeID, stranger, APPEAL_COST);
        vm.assertEq(address(court).balance, COST + APPEAL_COST, "court got");
        vm.assertEq(adapter.paidBy(id, stranger), APPEAL_COST, "paid by the stranger");
        vm.assertEq(adapter.paidBy(id, buyer), COST, "paid by the buyer");
        vm.assertEq(_case(deal).paid, COST + APPEAL_COST, "paid in all");
        vm.assertEq(uint256(court.disputeStatus(disputeID)), uint256(IArbitrator.DisputeStatus.Waiting), "status");
        _courtRules(disputeID, 1);
        adapter.execute(deal);
        vm.assertEq(escrow.dealOf(id).outcome, 10_000, "second ruling");
    }

    function test_TheExcessGoesToWhoAppealed() public {
        uint256 had = buyer.balance;
        _appeal(disputeID, seller, 1 ether);
        vm.assertEq(seller.balance, 10 ether - APPEAL_COST, "seller");
        vm.assertEq(buyer.balance, had, "buyer");
        vm.assertEq(address(adapter).balance, 0, "adapter kept");
    }

    function test_WhenThePriceFell() public {
        uint256 quoted = adapter.appealCost(disputeID);
        court.setCosts(0, quoted / 2);
        _appeal(disputeID, seller, quoted);
        vm.assertEq(seller.balance, 10 ether - quoted / 2, "seller");
    }

    function test_RevertWhen_ThePriceRose() public {
        uint256 quoted = adapter.appealCost(disputeID);
        court.setCosts(0, quoted + 1);
        _expect(abi.encodeWithSelector(IKlerosAdapter.CostNotMet.selector, quoted, quoted + 1));
        _appeal(disputeID, seller, quoted);
    }

    function test_Twice_ByTheSamePayer() public {
        _appeal(disputeID, buyer, APPEAL_COST);
        court.giveRuling(disputeID, 1);
        _appeal(disputeID, buyer, APPEAL_COST);
        vm.assertEq(adapter.paidBy(_idOf(deal), buyer), COST + 2 * APPEAL_COST, "paid");
    }

    function test_RevertWhen_UnknownDispute() public {
        _expect(abi.encodeWithSelector(IKlerosAdapter.UnknownDispute.selector, disputeID + 1));
        _appeal(disputeID + 1, buyer, APPEAL_COST);
    }

    function test_RevertWhen_TheRulingIsFinal() public {
        _courtRules(disputeID, 2);
        _expect(abi.encodeWithSelector(IKlerosAdapter.AlreadyRuled.selector, disputeID, 2));
        _appeal(disputeID, buyer, APPEAL_COST);
    }

    function test_RevertGiven_Settled() public {
        _settle(deal, 1);
        _expect(abi.encodeWithSelector(IKlerosAdapter.NotDisputed.selector, _idOf(deal), DealState.Settled));
        _appeal(disputeID, buyer, APPEAL_COST);
    }

    function test_RevertWhen_TheTimeIsOver() public {
        _late(deal);
        court.giveRuling(disputeID, 2);
        _expect(abi.encodeWithSelector(IKlerosAdapter.TooLate.selector, block.timestamp, block.timestamp - 1));
        _appeal(disputeID, buyer, APPEAL_COST);
    }

    /// @dev The court's own refusal, unchanged.
    function test_RevertWhen_TheCourtRefuses() public {
        vm.warp(block.timestamp + 4 days);
        IArbitrator.DisputeStatus status = IArbitrator.DisputeStatus.Appealable;
        _expect(abi.encodeWithSelector(CourtMock.NotAppealable.selector, disputeID, status));
        _appeal(disputeID, buyer, APPEAL_COST);
    }
}
